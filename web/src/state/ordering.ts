// The order of a table of any length: its column is ranked beside the page, and until the ranks are there the rows stand as before.

import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { Row } from '@/api/types'
import { columnOf, laidOut, ranksOf, sortOf, type Column } from '@/map/order'

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

/** ordered keeps rows, given by code, in an order that is a field's name, '-' in front for descending; 'code' is the order they have. */
export function ordered(rows: () => readonly Row[], order: () => string): Ordered {
  const ranked = shallowRef<{ of: readonly Row[]; ranks: Uint32Array; down: boolean } | null>(null)
  const busy = ref(false)
  const beside = ranker()
  let asked = 0

  async function rank(of: readonly Row[], by: string): Promise<void> {
    const mine = ++asked
    const { field, down } = sortOf(by)
    if (field === '' || field === 'code') {
      busy.value = false
      ranked.value = { of, ranks: Uint32Array.from(of, (_, i) => i + 1), down }
      return
    }
    const column = columnOf(of, field)
    busy.value = of.length > fewRows
    const ranks = busy.value ? await beside(column).catch(() => ranksOf(column)) : ranksOf(column)
    if (mine !== asked) return
    busy.value = false
    ranked.value = { of, ranks, down }
  }
  watch([rows, order], ([of, by]) => void rank(of, by), { immediate: true })

  return {
    rows: computed(() => {
      const r = ranked.value
      return r === null || r.of !== rows() ? rows() : laidOut(r.of, r.ranks, r.down)
    }),
    busy,
  }
}
