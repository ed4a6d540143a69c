// The order of a table of any length: its column is ranked beside the page, and until the ranks are there the rows stand as before.

import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { Row } from '@/api/types'
import { columnOf, laidOut, ranksOf, sortOf, type Column } from '@/map/order'
import { overAll, pause } from '@/map/slices'

/** Up to so many rows ranking takes less time than a reader notices, and asking a worker more. */
const fewRows = 4000

/** ranker ranks columns in a worker; a newer column ends the work on the older, whose promise then never settles. */
function ranker(): (column: Column) => Promise<Uint32Array> {
  let worker: Worker | null = null
  return (column) => {
    worker?.terminate()
    const mine = (worker = new Worker(new URL('../map/order.worker.ts', import.meta.url), { type: 'module' }))
    return new Promise((done, fail) => {
      mine.onmessage = ({ data }: MessageEvent<Uint32Array>) => {
        mine.terminate()
        done(data)
      }
      mine.onerror = (e) => fail(new Error(e.message))
      mine.postMessage(column)
    })
  }
}

/** Ordered is rows in an order, and whether a newer order is still being worked out. */
export interface Ordered {
  rows: ComputedRef<readonly Row[]>
  busy: Ref<boolean>
}

// Rows come by code.
const isCode = (field: string) => field === '' || field === 'code'

/** laidAtOnce puts few rows in order. */
function laidAtOnce(of: readonly Row[], by: string): readonly Row[] {
  const { field, down } = sortOf(by)
  if (isCode(field)) return down ? [...of].reverse() : of
  return laidOut(of, ranksOf(columnOf(of, field)), down)
}

/** ordered keeps rows, given by code, in an order that is a field's name, '-' in front for descending; 'code' is the order they have. */
export function ordered(rows: () => readonly Row[], order: () => string): Ordered {
  const laid = shallowRef<{ of: readonly Row[]; rows: readonly Row[] } | null>(null)
  const busy = ref(false)
  const beside = ranker()
  let asked = 0
  let known: { of: readonly Row[]; ranks: Map<string, Uint32Array> } = { of: [], ranks: new Map() } // a column turned round is ranked no second time

  async function lay(of: readonly Row[], by: string): Promise<void> {
    const mine = ++asked
    busy.value = of.length > fewRows
    const inOrder = busy.value ? await laidBeside(of, by, () => mine !== asked) : laidAtOnce(of, by)
    if (mine !== asked || inOrder === null) return
    busy.value = false
    laid.value = { of, rows: inOrder }
  }

  /** laidBeside takes several tasks, the longest of them a worker's; null when a newer order was asked for meanwhile. */
  async function laidBeside(of: readonly Row[], by: string, gone: () => boolean): Promise<readonly Row[] | null> {
    const { field, down } = sortOf(by)
    await pause()
    if (gone()) return null
    if (isCode(field)) return laidAtOnce(of, by)
    const ranks = known.of === of ? known.ranks.get(field) : undefined
    if (ranks !== undefined) return laidOut(of, ranks, down)
    const column = columnOf(of, field)
    await pause()
    if (gone()) return null
    const found = await beside(column).catch(() => ranksOf(column))
    if (gone()) return null
    if (known.of !== of) known = { of, ranks: new Map() }
    known.ranks.set(field, found)
    return laidOut(of, found, down)
  }
  watch([rows, order], ([of, by]) => void lay(of, by), { immediate: true })

  return {
    rows: computed(() => (laid.value === null || laid.value.of !== rows() ? rows() : laid.value.rows)),
    busy,
  }
}

/** Sifted is rows that a test left, and whether they come from what is on show now. */
export interface Sifted extends Ordered {
  current: ComputedRef<boolean>
}

/** sifted is the rows that a test leaves, in their order; null leaves all. Of many rows it is worked out in slices, and until then the rows
 * left before stand. Under a newer test or order they may be seen; `whose` names what they must not outlive: what was read, and the park. */
export function sifted(rows: () => readonly Row[], test: () => ((r: Row) => boolean) | null, whose: () => readonly unknown[] = () => []): Sifted {
  const left = shallowRef<{ whose: readonly unknown[]; rows: readonly Row[] }>({ whose: [], rows: [] })
  const busy = ref(false)
  let asked = 0

  async function sift(of: readonly Row[], passes: ((r: Row) => boolean) | null, owners: readonly unknown[]): Promise<void> {
    const mine = ++asked
    busy.value = false
    if (passes === null) left.value = { whose: owners, rows: of }
    else if (of.length <= fewRows) left.value = { whose: owners, rows: of.filter(passes) }
    else {
      busy.value = true
      const out: Row[] = []
      const whole = await overAll(of, (row) => passes(row) && out.push(row), () => mine !== asked)
      if (!whole || mine !== asked) return
      busy.value = false
      left.value = { whose: owners, rows: out }
    }
  }
  watch([rows, test, whose], ([of, passes, owners]) => void sift(of, passes, owners), { immediate: true, flush: 'sync' })

  return {
    rows: computed(() => left.value.rows),
    busy,
    current: computed(() => whose().every((part, i) => Object.is(part, left.value.whose[i]))),
  }
}
