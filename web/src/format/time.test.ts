import { expect, it } from 'vitest'
import { day, moment } from './time'

it.each([
  ['2026-11-26T16:30:00Z', '2026-11-27 00:30', '2026-11-27'],
  ['2026-01-05T01:02:03+08:00', '2026-01-05 01:02', '2026-01-05'],
  [null, '–', '–'],
])('writes %s in Shanghai', (at, want, date) => {
  expect(moment(at)).toBe(want)
  expect(day(at)).toBe(date)
})
