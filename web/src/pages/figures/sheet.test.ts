import { expect, it } from 'vitest'
import type { AggregateRow, Sum } from '@/api/figures'
import { sheetOf } from './sheet'

const sum = (v: number): Sum => ({ firms: 4, sum: v, per_mu: v / 10 })
const withheld: Sum = { suppressed: 'few', firms: null, sum: null, per_mu: null }

it('saves figures as numbers, and what they cannot say as words', () => {
  const row: AggregateRow = { by: 'park', park: 'QM', land_sum_mu: { ...sum(10), per_mu: null }, output_sum_wan: sum(500), revenue_sum_wan: withheld, value_added_sum_wan: { ...sum(90), lower_bound: true }, tax_sum_wan: sum(7) }
  const { columns, rows } = sheetOf([{ name: '清濛', row }], 3, '2025 年')
  expect(columns.map((c) => c.title)).toEqual([
    '分组', '企业 (家)', '用地 (亩)', '产值 (万元)', '产值 亩均 (万元/亩)', '营业收入 (万元)', '营业收入 亩均 (万元/亩)', '增加值 (万元)', '增加值 亩均 (万元/亩)', '税收 (万元)', '税收 亩均 (万元/亩)', '说明',
  ])
  expect(rows).toEqual([
    ['清濛', 4, 10, 500, 50, null, null, 90, 9, 7, 0.7, '营业收入：企业少于 3 家，不公开；增加值：组内有企业缺报，为下限值'],
    ['2025 年', ...Array<null>(11).fill(null)],
  ])
})
