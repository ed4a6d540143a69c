// What follows from many rows, worked out beside what the reader does.

import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref } from 'vue'

/** Work makes something of what it is given, in steps (inSlices); gone tells that nobody wants it any more. null when it was given up. */
export type Work<S, T> = (given: S, gone: () => boolean) => Promise<T | null>

/** gradual keeps what work makes of a source. Until something newer is made what was made before stands, `first` at first; of few rows it is
 * made before the page is drawn. A newer source ends the work on the older, and so does leaving the part of the page that asked. */
export function gradual<S extends readonly unknown[], T>(source: () => readonly [...S], first: T, work: Work<S, T>): Ref<T> {
  const made = shallowRef(first) as Ref<T>
  let asked = 0
  onScopeDispose(() => asked++, true)
  const parts = () => source() as S
  watch(
    // Of a source's parts some may have been made anew and be the same.
    parts,
    async (given, before) => {
      if (before !== undefined && given.every((part, i) => Object.is(part, before[i]))) return
      const mine = ++asked
      const found = await work(given, () => mine !== asked)
      if (found !== null && mine === asked) made.value = found
    },
    { immediate: true },
  )
  return made
}

/** timely is as gradual, but null until that of the present source is made: for what stands beside words of the choice itself, or is saved. */
export function timely<S extends readonly unknown[], T>(source: () => readonly [...S], work: Work<S, T>): ComputedRef<T | null> {
  const made = gradual(source, null as { of: S; it: T } | null, async (of, gone) => {
    const it = await work(of, gone)
    return it === null ? null : { of, it }
  })
  return computed(() => {
    const now = source() as S
    return made.value?.of.every((part, i) => Object.is(part, now[i])) ? made.value.it : null
  })
}
