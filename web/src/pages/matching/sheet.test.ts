import { expect, it } from 'vitest'
import type { Exclusion, Match } from '@/api/match'
import { excludedSheet, matchSheet } from './sheet'

const match = {
  rank: 1, code: 'P1', park: 'QM', address: '演示路1号', score: 71.25, kinds: [{ id: 'idle', title: '闲置', title_en: 'idle' }, { id: 'low', title: '低效', title_en: 'low' }],
  offer: { kind: 'land', land_mu: 30.5, floor_m2: null, build_m2: 4000, estimated: true }, gap_m: 120, holder: null, paths: [{ way: '收回' }, { way: '转让' }], zones: [{ name: '片区一' }],
} as unknown as Match

it('keeps a missing amount missing, and every row as wide as the head', () => {
  const s = matchSheet([match], (c) => `${c}园`)
  expect(s.rows[0]).toEqual([1, 'P1', 'QM园', '演示路1号', 71.25, '闲置 · 低效', 30.5, null, 4000, '估算', 120, '无在营企业', '收回；转让', '片区一'])
  expect(s.columns).toHaveLength(14)
  expect(s.columns[6]).toEqual({ title: '可供土地 (亩)', type: 'number', digits: 2 })
})

it('says why a parcel was left out', () => {
  const out = { code: 'P2', park: 'QM', kinds: [], text: '面积不足', gap_m: null, partners: [{ code: 'P3' }, { code: 'P4' }] } as unknown as Exclusion
  const s = excludedSheet([out], (c) => c)
  expect(s.name).toBe('排除')
  expect(s.rows).toEqual([['P2', 'QM', '', '面积不足', null, 'P3、P4']])
})
