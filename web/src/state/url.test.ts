import { describe, expect, it } from 'vitest'
import { defaults, format, parse, type View } from './url'

const full: View = {
  page: 'exit',
  park: 'QM',
  year: 2024,
  metric: 'tax_wan_mu',
  parcel: '359900001001GB00001',
  classes: ['C', 'D', '-'],
  idle: true,
  exit: true,
  inView: true,
  sort: '-tax_wan_mu',
  hidden: ['zones'],
  language: 'en',
  centre: { lng: 118.58123, lat: 24.87012, zoom: 14.25 },
  more: { case: '7', q: '一厂 & Co=#' },
}

describe('link', () => {
  it('restores every part of the view', () => {
    expect(parse('#' + format(full))).toEqual(full)
  })

  it('is empty for the default view', () => {
    expect(format({ ...defaults })).toBe('')
    expect(parse('')).toEqual(defaults)
  })

  it.each([
    'year=20x4',
    'at=1,2',
    'at=999,24,14',
    'at=,,',
    'parcel=<script>',
    'park=%00',
    'class=,,,',
    'metric=a%20b',
    'garbage',
    'my-=1',
    'my-Case=1',
    `my-q=${'x'.repeat(201)}`,
    '%',
  ])('ignores what it does not understand: %s', (hash) => {
    expect(parse(hash)).toEqual(defaults)
  })
})
