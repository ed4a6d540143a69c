import { beforeAll, describe, expect, it } from 'vitest'
import type { Finding, IdleRow, LandList } from '@/api/idle'
import { byType, colourOf, gravest, inOrder, linesOf, type Gravest, type Line } from './idle'

const finding = (code: string, type: string, since: string | null = null) => ({ code, type, since, title: { zh: type, en: type } }) as Finding
const rows = [finding('a', 'low_output'), finding('a', 'idle_unstarted', '2026-01-01'), finding('b', 'low_output'), finding('c', 'new_type', '2025-05-05')]

describe('byType', () => {
  it('gives a parcel the colour of its gravest suspicion and counts it once', async () => {
    const lines = await linesOf({ rows } as LandList, [], '')
    const o = byType((await gravest(lines as Line[])) as Gravest, 'title', (f) => f.type)
    expect(o.fills.get('a')).toBe(colourOf('idle_unstarted'))
    expect(o.legend.map((l) => [l.label, l.count])).toEqual([['idle_unstarted', 1], ['low_output', 1], ['new_type', 1]])
  })
})

describe('lines', () => {
  const clocks = [{ code: 'a', days_left: 12 }] as IdleRow[]
  let lines: Line[] = []
  beforeAll(async () => {
    lines = (await linesOf({ rows } as LandList, clocks, '')) as Line[]
  })
  it('sets a clock only beside what it runs for', () => expect(lines.map((l) => l.clock?.days_left ?? null)).toEqual([null, 12, null, null]))
  it('keeps one type', async () => expect((await linesOf({ rows } as LandList, clocks, 'low_output'))?.map((l) => l.finding.code)).toEqual(['a', 'b']))
  it('sorts, what has no value last either way', () => {
    expect(inOrder(lines, 'since').map((l) => l.finding.since)).toEqual(['2025-05-05', '2026-01-01', null, null])
    expect(inOrder(lines, '-since').map((l) => l.finding.since)).toEqual(['2026-01-01', '2025-05-05', null, null])
  })
})
