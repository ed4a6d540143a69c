// How many parcels have each colour of the map.

import { computed, type ComputedRef } from 'vue'
import type { Row } from '@/api/types'
import { counts, type Colouring } from '@/map/buckets'
import { colouring } from './store'
import { gradual } from './gradual'

/** tallied counts rows by the buckets of the map's colouring; null until those of the present one are counted. */
export function tallied(rows: () => readonly Row[]): ComputedRef<ReadonlyMap<string, number> | null> {
  const made = gradual(
    () => [colouring.value, rows()],
    null as { of: Colouring; n: Map<string, number> } | null,
    async ([of, all], gone) => {
      const n = await counts(of, all, gone)
      return n && { of, n }
    },
  )
  return computed(() => (made.value?.of === colouring.value ? made.value.n : null))
}
