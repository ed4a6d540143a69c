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
  shown: ['idle', 'solid'],
  opacity: { parcels: 60, zones: 5 },
  breaks: 'at_-1_5_10.5',
  label: 'code',
  swipe: 2021,
  tool: 'area',
  language: 'en',
  centre: { lng: 118.58123, lat: 24.87012, zoom: 14.25, bearing: -30, pitch: 50 },
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
    'at=1,2,3,4',
    'at=1,2,3,0,90',
    'breaks=at_',
    'breaks=at_1_x',
    'dim=parcels-x',
    'dim=parcels-999',
    'swipe=21',
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
