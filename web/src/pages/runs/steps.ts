// Where a run stands on its way, and what each act asks to be filled in.

import type { Run } from '@/api/runs'

export type StepName = 'draft' | 'notice' | 'objections' | 'final'
export type StepState = 'done' | 'now' | 'ahead'

/** daysLeft counts the days of a notice that remain after today; 0 on its last day, negative when it is over. */
export function daysLeft(until: string, today: string): number {
  return Math.round((Date.parse(until) - Date.parse(today)) / 86_400_000)
}

/** stepsOf says of each step whether it is done. Objections are open as long as the notice runs or one of them is undecided. */
export function stepsOf(r: Run, today: string): { name: StepName; state: StepState }[] {
  const final = r.state === 'final'
  const noticed = r.state === 'notice' || (final && r.acts.some((a) => a.act === 'notice'))
  const open = r.objections.some((o) => o.decision === null)
  const running = r.state === 'notice' && r.until !== null && daysLeft(r.until, today) >= 0
  const objections: StepState = final ? 'done' : r.state !== 'notice' ? 'ahead' : open || running ? 'now' : 'done'
  return [
    { name: 'draft', state: noticed || final ? 'done' : 'now' },
    { name: 'notice', state: final || (noticed && !running) ? 'done' : noticed ? 'now' : 'ahead' },
    { name: 'objections', state: objections },
    { name: 'final', state: final ? 'done' : objections === 'done' ? 'now' : 'ahead' },
  ]
}

export type ActField = 'until' | 'on' | 'party' | 'firm' | 'parcel' | 'about' | 'correction' | 'change' | 'note' | 'document'

/** fieldsOf lists what an act's form asks for. */
export const fieldsOf: Readonly<Record<string, readonly ActField[]>> = {
  notice: ['until', 'document', 'note'],
  object: ['party', 'firm', 'parcel', 'on', 'document', 'note'],
  uphold: ['about', 'correction', 'change', 'note'],
  reject: ['about', 'note'],
  redraft: ['note'],
  finalise: ['document', 'note'],
  withdraw: ['note'],
}

/** actsFor are the acts a reader may take of those the run allows: analysts record objections, the data keeper does the rest. */
export const actsFor = (r: Run, admin: boolean): string[] => r.allowed.filter((a) => a in fieldsOf && (admin || a === 'object'))

/** actDoc is what is sent; fields left empty are left out. */
export function actDoc(name: string, seq: number, typed: Readonly<Partial<Record<ActField, string>>>): Record<string, string | number> {
  const filled = (fieldsOf[name] ?? []).flatMap((f): [string, string | number][] => {
    const v = (typed[f] ?? '').trim()
    if (v === '') return f === 'note' ? [[f, '']] : []
    return [[f, f === 'about' || f === 'change' ? Number(v) : v]]
  })
  return { act: name, seq, ...Object.fromEntries(filled) }
}
