// The marks that can lie over the parcels, read when they are first switched on.

import { computed, watch } from 'vue'
import * as api from '@/api/marks'
import type { Key } from '@/i18n'
import { hasField } from './fields'
import { loader } from './loader'
import { isAnalyst, isViewer, session } from './session'
import { meta, scores, year } from './store'
import { view } from './view'

export const low = loader((signal, y: number) => api.readLow(signal, y))
export const potential = loader((signal, y: number) => api.readPotential(signal, y))
export const problems = loader((signal) => api.readProblems(signal))

export interface Mark {
  name: 'idle' | 'low' | 'exit' | 'potential' | 'quality'
  title: Key
  /** How many there are; null before it is known. */
  count: number | null
  failed: boolean
}

const among = (passes: (v: Readonly<Record<string, unknown>>) => boolean) => scores.data?.rows.filter((r) => passes(r.values)).length ?? null

/** marks are those that this reader may see. */
export const marks = computed<Mark[]>(() => {
  const all: (Mark & { may: boolean })[] = [
    { name: 'idle', title: 'mark.idle', may: hasField('idle_type'), count: among((v) => Boolean(v.idle_type) || v.idle_plant === true), failed: false },
    { name: 'low', title: 'mark.low', may: isViewer.value, count: low.data?.length ?? null, failed: low.problem !== null },
    { name: 'exit', title: 'mark.exit', may: hasField('exit'), count: among((v) => v.exit === true), failed: false },
    { name: 'potential', title: 'mark.potential', may: isViewer.value, count: potential.data?.length ?? null, failed: potential.problem !== null },
    { name: 'quality', title: 'mark.quality', may: isAnalyst.value, count: problems.data?.features.length ?? null, failed: problems.problem !== null },
  ]
  return all.filter((m) => m.may)
})

const worn = (codes: readonly string[] | null) => (codes === null ? null : new Map(codes.map((c) => [c, '#000000'])))

/** worn marks are those that no attribute of a tile tells of. */
export const wornLow = computed(() => worn(view.shown.includes('low') ? low.data : null))
export const wornPotential = computed(() => worn(view.shown.includes('potential') ? potential.data : null))

/** keepMarks reads what is switched on, and again when there is something new. */
export function keepMarks(): void {
  watch(
    [() => view.shown.join(), year, () => meta.data?.snapshot.version, () => session.value.audience],
    ([shown, y], before) => {
      const anew = before !== undefined && (before[1] !== y || before.slice(2).join() !== [meta.data?.snapshot.version, session.value.audience].join())
      const wants = (name: string, may: boolean, l: { data: unknown; busy: boolean }) => may && shown.split(',').includes(name) && (anew || (l.data === null && !l.busy))
      if (y === undefined) return
      if (wants('low', isViewer.value, low)) void low.load(y)
      if (wants('potential', isViewer.value, potential)) void potential.load(y)
      if (wants('quality', isAnalyst.value, problems)) void problems.load()
    },
    { immediate: true },
  )
}
