import { describe, expect, it } from 'vitest'
import { Problem } from '@/api/problem'
import { loader } from './loader'

describe('loader', () => {
  it('keeps the newest answer, whichever comes last', async () => {
    const release: Record<string, () => void> = {}
    const l = loader((_, key: string) => new Promise<string>((done) => (release[key] = () => done(key))))
    const first = l.load('old')
    const second = l.load('new')
    release.new?.()
    await second
    release.old?.()
    await first
    expect(l.data).toBe('new')
    expect(l.busy).toBe(false)
  })

  it('keeps what it had when a later read fails', async () => {
    let fail = false
    const l = loader(async () => {
      if (fail) throw new Problem(503, 'away')
      return 1
    })
    await l.load()
    fail = true
    await l.load()
    expect(l.data).toBe(1)
    expect(l.problem?.message).toBe('away')
    l.clear()
    expect([l.data, l.problem]).toEqual([null, null])
  })
})
