import { describe, expect, it } from 'vitest'
import { daysLeft, deadline } from './case'

describe('daysLeft', () => {
  it.each([
    ['2026-11-27', '2026-11-26', 1],
    ['2026-11-26', '2026-11-26', 0],
    ['2026-11-25', '2026-11-26', -1],
    ['2027-03-01', '2027-02-28', 1],
    ['2028-03-01', '2028-02-28', 2],
  ])('%s seen from %s', (due, asOf, n) => expect(daysLeft(due, asOf)).toBe(n))
})

describe('deadline', () => {
  const at = (due: string | null) => deadline({ due, as_of: '2026-11-26' })
  it('says it in words', () => {
    expect(at('2026-12-06')).toBe('剩 10 天')
    expect(at('2026-11-26')).toBe('今日到期')
    expect(at('2026-11-20')).toBe('逾期 6 天')
    expect(at(null)).toBe('')
  })
})
