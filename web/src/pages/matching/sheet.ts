// The lists of a search for land as tables for a spreadsheet.

import type { Exclusion, Match, Named } from '@/api/match'
import type { Sheet, SheetColumn } from '@/api/tables'
import { unit } from '@/format/units'
import { english, pick } from '@/i18n'
import { t } from './words'

const named = (all: readonly Named[]) => all.map((k) => pick(k.title, k.title_en)).join(' · ')

type Column<R> = [SheetColumn, (r: R) => string | number | null]

/** made lays rows out by columns. */
const made = <R>(name: string, columns: readonly Column<R>[], rows: readonly R[]): Sheet => ({ name, columns: columns.map(([c]) => c), rows: rows.map((r) => columns.map(([, of]) => of(r))) })

const amount = (title: string, u: string, digits: number): SheetColumn => ({ title: u === '' ? title : `${title} (${u})`, type: 'number', digits })

/** matchSheet is the choices in their order, with what each offers and by which path it could be had. */
export function matchSheet(rows: readonly Match[], park: (code: string) => string): Sheet {
  return made<Match>(t('tab_rows', { n: '' }).trim(), [
    [amount(t('rank'), '', 0), (r) => r.rank],
    [{ title: t('code') }, (r) => r.code],
    [{ title: t('park') }, (r) => park(r.park)],
    [{ title: t('address') }, (r) => r.address],
    [amount(t('score'), '', 1), (r) => r.score],
    [{ title: t('kinds') }, (r) => named(r.kinds)],
    [amount(t('offer_land'), unit('亩', english.value), 2), (r) => r.offer.land_mu],
    [amount(t('offer_floor'), 'm²', 0), (r) => r.offer.floor_m2],
    [amount(t('offer_build'), 'm²', 0), (r) => r.offer.build_m2],
    [{ title: t('estimated') }, (r) => (r.offer.estimated ? t('estimated') : '')],
    [amount(t('gap'), 'm', 0), (r) => r.gap_m],
    [{ title: t('holder_title') }, (r) => r.holder?.name ?? t('no_holder')],
    [{ title: t('path_title') }, (r) => r.paths.map((p) => pick(p.way, p.way_en)).join('；')],
    [{ title: t('zones') }, (r) => r.zones.map((z) => z.name).join('、')],
  ], rows)
}

/** excludedSheet is what was left out, and why. */
export function excludedSheet(rows: readonly Exclusion[], park: (code: string) => string): Sheet {
  return made<Exclusion>(t('tab_out', { n: '' }).trim(), [
    [{ title: t('code') }, (r) => r.code],
    [{ title: t('park') }, (r) => park(r.park)],
    [{ title: t('kinds') }, (r) => named(r.kinds)],
    [{ title: t('reason') }, (r) => pick(r.text, r.text_en)],
    [amount(t('gap'), 'm', 0), (r) => r.gap_m],
    [{ title: t('partners') }, (r) => r.partners.map((p) => p.code).join('、')],
  ], rows)
}
