// What was read from the server, and what follows from it. One place decides when something is read again.

import { computed, ref, watch } from 'vue'
import { firstMeta } from '@/api/ahead'
import * as api from '@/api/client'
import type { Box, ParkRef, Row } from '@/api/types'
import { t } from '@/i18n'
import { divided, methodOf, spreadOf } from '@/map/breaks'
import { byClass, byMetric, colourOf, type Colouring } from '@/map/buckets'
import type { Dressing } from '@/map/dress'
import { filtersNothing, passes } from '@/map/filter'
import { inCodeOrder } from '@/map/order'
import { meets, parseWhere } from '@/map/where'
import { afterMap } from './drawn'
import { gradual } from './gradual'
import { loader } from './loader'
import { ordered, sifted } from './ordering'
import { isViewer, lapse, lapsed, resume, shownTo } from './session'
import { seen, view } from './view'

export const meta = loader((signal, year?: number) => (year === undefined ? firstMeta(signal) : api.readMeta(year, signal)))
export const summary = loader((signal, year: number) => api.readSummary(year, signal))
export const scores = loader(async (signal, year: number) => {
  const all = await api.readScores(year, signal)
  return { ...all, rows: inCodeOrder(all.rows) }
})
export const dossier = loader((signal, code: string, year: number | undefined) => api.readDossier(code, year, signal))

const refreshMs = 30_000
const noRows: readonly Row[] = []

/** year is the year on show: the chosen one when the server has it, else the newest. */
export const year = computed(() => {
  const m = meta.data
  if (m === null) return view.year
  return view.year !== undefined && m.years.includes(view.year) ? view.year : m.years.at(-1)
})

/** past is true when an older year than the newest is on show: figures are of that year, parcels and contracts of the as-of date. */
export const past = computed(() => meta.data !== null && year.value !== undefined && year.value < Math.max(...meta.data.years))

/** asOf adds the as-of date to the title of what does not go back to a past year. */
export const asOf = (title: string) => (past.value ? t('panel.as_of', { title, date: meta.data?.as_of ?? '' }) : title)

/** readMeta reads what the page needs to know of the year on show; a year that the server has not is never asked for. */
async function readMeta(): Promise<void> {
  const first = meta.data === null
  if (first) await meta.load()
  const ready = first && year.value === meta.data?.year
  if (!ready && year.value !== undefined) await meta.load(year.value)
}

export const parks = computed<ParkRef[]>(() => [...(meta.data?.parks ?? [])].sort((a, b) => extent(b.bound) - extent(a.bound)))
const extent = (b: Box) => (b[2] - b[0]) * (b[3] - b[1])

/** place is the box of the chosen park, or of everything. */
export const place = computed<Box | null>(() => parks.value.find((p) => p.code === view.park)?.bound ?? meta.data?.bound ?? null)

/** classField is the class the reader may see: the live one, or the published one. */
export const classField = computed(() => (isViewer.value ? 'class' : 'published_class'))

/** colouring is how the parcels are coloured now; a metric the reader has not falls back to the class. Equal steps follow from all values:
 * until those are collected the colours stay as they are. */
export const colouring = computed<Colouring>((before) => {
  const m = meta.data?.metrics.find((x) => x.field === view.metric)
  if (m === undefined) return byClass(classField.value)
  const waits = methodOf(view.breaks) === 'equal' && spread.value.field !== m.field
  return waits && before !== undefined ? before : byMetric(divided(m, view.breaks, meta.data?.metrics ?? [], () => spread.value))
})

/** spread is the values of the metric on the map over all parcels, rising. */
export const spread = gradual(() => [scores.data?.rows ?? noRows, view.metric], { field: '', values: new Float64Array() }, ([rows, field], gone) => spreadOf(rows, field, gone))

/** colours is each parcel's colour on the map; only what is not drawn from the tiles' own attributes needs it. */
export const colours = computed<Dressing>(() => {
  const [of, rows] = [colourOf(colouring.value), byCode.value]
  return { get: (code) => of(rows.get(code)?.values) }
})

/** parkRows are the rows of the chosen park and the year on show, before any filter; null until they are read: none is not the same. */
export const parkRows = computed<readonly Row[] | null>(() => {
  const [s, park] = [scores.data, view.park]
  if (s === null || s.year !== year.value) return null
  return park === '' ? s.rows : s.rows.filter((r) => r.values.park === park)
})

const parcelFields = computed(() => new Set(meta.data?.layers.find((l) => l.name === 'parcels')?.fields.map((f) => f.name)))

/** flags are the filters in force; one whose field this reader has not leaves everything as it is. */
export const flags = computed(() => ({
  classes: [...view.classes], // looking into a reactive list a hundred thousand times takes long
  idle: view.idle && parcelFields.value.has('idle_type'),
  exit: view.exit && parcelFields.value.has('exit'),
}))

/** where is the filter by column, which belongs to the map's own page; a field this reader has not filters nothing. */
export const where = computed(() => (view.page === 'map' ? parseWhere(view.more.where ?? '').filter((c) => parcelFields.value.has(c.field)) : []))

/** kept dresses the rows that the filter by column leaves, for the map; null while there is none. */
export const kept = computed<Dressing | null>(() => {
  const conditions = where.value
  if (conditions.length === 0) return null
  const rows = byCode.value
  const stays = (r: Row | undefined) => r !== undefined && meets(r, conditions)
  return { get: (code) => (stays(rows.get(code)) ? '#000000' : undefined) }
})

/** order is the sort in force: the chosen one, else by the metric on the map, else by tax or its band. */
export const order = computed(() => {
  if (view.sort !== '') return view.sort
  const c = colouring.value
  if (c.kind === 'steps') return `-${c.field}`
  return parcelFields.value.has('tax_wan_mu') ? '-tax_wan_mu' : 'code'
})

const inOrder = ordered(() => scores.data?.rows ?? noRows, () => order.value)

/** test says whether a row is to be listed; null lists all. */
const test = computed(() => {
  const f = { park: view.park, ...flags.value, within: view.inView ? seen.value : null }
  const conditions = where.value
  return filtersNothing(f) && conditions.length === 0 ? null : (r: Row) => passes(r, f) && meets(r, conditions)
})
const left = sifted(() => inOrder.rows.value, () => test.value, () => [scores.data, view.park])

/** ordering is true while the table is being put in order or filtered anew. */
export const ordering = computed(() => inOrder.busy.value || left.busy.value)

/** ranking is the table: sorted and filtered. */
export const ranking = left.rows

/** ranked is true while the table's rows are of the year and the park on show, and a filter has gone through them once. */
export const ranked = computed(() => parkRows.value !== null && left.current.value && (ranking.value.length > 0 || !ordering.value))

/** byCode finds a row. */
export const byCode = computed(() => new Map((scores.data?.rows ?? []).map((r) => [r.code, r])))

function reload(): void {
  if (year.value === undefined || lapsed.value) return
  if (!isViewer.value) {
    scores.clear()
    summary.clear()
    return
  }
  void scores.load(year.value)
  void summary.load(year.value)
}

/** signature changes when the server has something new to show, or somebody has signed in again. */
const signature = () => {
  const m = meta.data
  return m === null ? '' : [m.snapshot.version, m.snapshot.built_at, m.as_of, shownTo.value, lapsed.value].join()
}

/** opened is true once it is known who reads, and what there is to see. */
export const opened = ref(false)

/** start reads what the page opens with and keeps it fresh. Who reads is known to the server by the cookie alone. */
export async function start(): Promise<void> {
  await Promise.all([resume().catch(() => undefined), readMeta()])
  opened.value = true
  void afterMap().then(reload)
  // The audience changes which layers and metrics there are, so meta comes first and the rest follows from it.
  watch(
    shownTo,
    async () => {
      dossier.clear()
      scores.clear()
      summary.clear()
      await readMeta()
      reload()
    },
  )
  watch([year, signature], reload)
  watch(year, readMeta)
  watch(
    [() => view.parcel, year, signature, () => view.language],
    ([code]) => (code === '' ? dossier.clear() : lapsed.value || void dossier.load(code, year.value)),
    { immediate: true },
  )
  watch(
    () => [scores, summary, dossier].some((l) => l.problem?.status === 401),
    (refused) => refused && lapse(),
  )
  window.setInterval(() => {
    if (!document.hidden && !meta.busy && !lapsed.value) void readMeta()
  }, refreshMs)
}
