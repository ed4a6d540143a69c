import { describe, expect, it } from 'vitest'
import { apart, digitsOf, gap, money, number, percent, precise, some } from './number'
import { area, coordinates, unit } from './units'
import { groups } from './parcelCode'

describe('numbers', () => {
  it.each([
    [1234567.891, 1, '1,234,567.9'],
    [0, 2, '0.00'],
    [-0.001, 1, '0.0'],
    [null, 1, '–'],
    [undefined, 0, '–'],
    [Number.NaN, 0, '–'],
    ['7', 0, '–'],
  ])('writes %s with %i decimals as %s', (v, digits, want) => {
    expect(number(v, digits)).toBe(want)
  })

  it('keeps missing apart from zero', () => {
    expect(percent(0)).toBe('0.0%')
    expect(percent(null)).toBe('–')
    expect(precise(null)).toBe('–')
    expect(precise(0.1234567)).toBe('0.123457')
  })

  it('does not round what is there to nothing', () => {
    expect([0.69, 0.01, 0.0034, 0.00005, 0.00004, 1e-9, 0, null].map(gap)).toEqual(['69%', '1%', '0.34%', '0.01%', '<0.01%', '<0.01%', '0.00%', '–'])
    expect([1.5, 0.004, 0.005, 0, undefined].map((v) => some(v, 2))).toEqual(['1.50', '<0.01', '0.01', '0.00', '–'])
  })

  it('turns to 亿元 from one 亿 on', () => {
    expect(money(9999.9)).toEqual({ text: '9,999.9', unit: '万元' })
    expect(money(10000)).toEqual({ text: '1.00', unit: '亿元' })
    expect(money(5820000, true)).toEqual({ text: '58,200.0', unit: 'M yuan' })
    expect(money(-5820000)).toEqual({ text: '-582.00', unit: '亿元' })
  })

  it('gives counts no decimals', () => {
    expect(digitsOf('firm_count')).toBe(0)
    expect(digitsOf('tax_wan_mu')).toBe(2)
  })
})

describe('units', () => {
  it('writes mu and square metres together', () => {
    expect(area(1)).toBe('1.00 亩 · 667 m²')
    expect(area(30, true)).toBe('30.00 mu · 20,000 m²')
    expect(area(null)).toBe('–')
  })

  it.each(['亩', '万元', '万元/亩', '万元/吨标准煤', '万元/吨', '万元/人', '元/千瓦时', '兆瓦时', '吨', '吨标准煤', '人', '天', '家', '个', '分', '亿元'])('has %s in English', (u) => {
    expect(unit(u, true)).not.toMatch(/\p{Script=Han}/u)
  })

  it('translates the units of the fields', () => {
    expect(unit('万元/亩', true)).toBe('10k yuan/mu')
    expect(unit('万元/亩', false)).toBe('万元/亩')
    expect(unit('m²', true)).toBe('m²')
  })

  it('writes longitude first', () => {
    expect(coordinates(118.581234, 24.87)).toBe('118.58123°E  24.87000°N')
  })
})

describe('parcel code', () => {
  it('is split into its five parts', () => {
    expect(groups('359900001001GB00001')).toEqual(['359900', '001', '001', 'GB', '00001'])
  })
  it('is left alone when it is not one', () => {
    expect(groups('X1')).toEqual(['X1'])
  })
})

describe('values side by side', () => {
  it.each([
    [649.546, 650, 0, ['649.5', '650.0']],
    [650, 650, 0, ['650', '650']],
    [120, 650, 0, ['120', '650']],
    [649.9999999, 650, 0, ['650.000000', '650.000000']],
    [null, 650, 0, ['–', '650']],
  ])('%s and %s', (a, b, digits, want) => {
    expect(apart(a, b, digits)).toEqual(want)
  })
})
