// How many parcels have each colour of the map.

import { computed, type ComputedRef } from 'vue'
import type { Row } from '@/api/types'
import { number } from '@/format/number'
import { counts, type Colouring } from '@/map/buckets'
import { colouring } from './store'
import { gradual } from './gradual'

/** Tally is how many rows each bucket has; null while they are not known, or not counted by the colouring on show: that is not the same as none. */
export type Tally = ReadonlyMap<string, number> | null

/** tallied counts rows, null while they are not known, by the buckets of the map's colouring. */
export function tallied(rows: () => readonly Row[] | null, by: () => Colouring = () => colouring.value): ComputedRef<Tally> {
  const made = gradual(
    () => [by(), rows()],
    null as { of: Colouring; n: Tally } | null,
    async ([of, all], gone) => {
      const n = all === null ? null : await counts(of, all, gone)
      return gone() ? null : { of, n }
    },
  )
  return computed(() => (rows() !== null && made.value?.of === by() ? made.value.n : null))
}

/** tell writes how many rows a bucket has. */
export const tell = (n: Tally, key: string): string => number(n && (n.get(key) ?? 0))
