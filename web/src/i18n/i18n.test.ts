import { describe, expect, it } from 'vitest'
import { en } from './en'
import { fill } from './index'
import { word } from './words'
import { zh, type Key } from './zh'

const slots = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()

describe('sentences', () => {
  it('exist in both languages under the same keys', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh))
  })

  it.each(Object.keys(zh) as Key[])('%s takes the same parameters in both', (key) => {
    expect(slots(en[key])).toEqual(slots(zh[key]))
  })

  it('are filled, and keep a slot nobody filled', () => {
    expect(fill('{n} / {total} 宗', { n: 3 })).toBe('3 / {total} 宗')
  })
})

describe('words', () => {
  it('are shown for known codes and the code for others', () => {
    expect(word('state', 'in_use', 'zh')).toBe('在用')
    expect(word('state', 'in_use', 'en')).toBe('In use')
    expect(word('state', 'novel', 'zh')).toBe('novel')
    expect(word('state', null, 'zh')).toBe('')
  })
})
