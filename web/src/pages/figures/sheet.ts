import { measures, type AggregateRow, type Measure } from '@/api/figures'
import type { Cell, Sheet, SheetColumn } from '@/api/tables'
import { t as say } from '@/i18n'
import { t } from './words'

/** firmsOf is how many firms a group has: the largest count of its sums, since a sum that is withheld tells none; null where all are. */
export const firmsOf = (r: AggregateRow) => measures.reduce<number | null>((most, m) => (r[m].firms === null ? most : Math.max(most ?? 0, r[m].firms)), null)

/** hasPerMu: land is what the others are divided by. */
const hasPerMu = (m: Measure) => m !== 'land_sum_mu'

const titled = (title: string, unit: string) => (unit === '' ? title : `${title} (${unit})`)

const columnsOf = (m: Measure): SheetColumn[] => {
  const column = (title: string, unit: string, digits: number): SheetColumn => ({ title: titled(title, unit), type: 'number', digits })
  if (!hasPerMu(m)) return [column(t(m), t('unit_mu'), 2)]
  return [column(t(m), t('unit_wan'), 0), column(`${t(m)} ${t('per_mu')}`, t('unit_per'), 2)]
}

/** remark says what a number cannot: that a sum is withheld and why, or that it is a lower bound. */
function remark(r: AggregateRow, least: number): string {
  const said = measures.flatMap((m) => {
    const { suppressed, lower_bound } = r[m]
    if (suppressed !== undefined) return [t('remark', { what: t(m), why: t(suppressed, { n: least }) })]
    return lower_bound === true ? [t('remark', { what: t(m), why: t('bounded') })] : []
  })
  return said.join(t('between'))
}

/** sheetOf is the table of figures as it is seen. A figure that is withheld is an empty cell with its reason at the row's end. */
export function sheetOf(groups: readonly { name: string; row: AggregateRow }[], least: number, about: string): Sheet {
  const columns: SheetColumn[] = [{ title: t('group') }, { title: titled(t('firms'), t('unit_firms')), type: 'number', digits: 0 }, ...measures.flatMap(columnsOf), { title: t('note') }]
  const figures = (r: AggregateRow): Cell[] => measures.flatMap((m): Cell[] => (hasPerMu(m) ? [r[m].sum, r[m].per_mu] : [r[m].sum]))
  const rows = groups.map(({ name, row }): Cell[] => [name, firmsOf(row), ...figures(row), remark(row, least)])
  const blank = columns.slice(1).map(() => null)
  return { name: say('page.figures'), columns, rows: [...rows, [about, ...blank]] }
}
