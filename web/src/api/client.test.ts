import { expect, it } from 'vitest'
import { dossierFile, exitListFile, nextPage } from './client'

it.each([
  ['as many as take the time meant for a page', 1000, 30, 500],
  ['more when they were quick, and never more than four times as many', 500, 1, 2000],
  ['at most 2500', 2500, 1, 2500],
  ['at least a hundred, and a quarter', 100, 500, 100],
  ['a quarter of many slow ones', 2000, 500, 500],
  ['more after a clock that stood still', 100, 0, 400],
])('asks for %s', (_, rows, tookMs, want) => expect(nextPage(rows, tookMs)).toBe(want))

it('asks for printed pages in the language of the page', () => {
  expect(dossierFile('3505', 2025, 'en')).toBe('/api/v1/exports/dossiers/3505.pdf?year=2025&lang=en')
  expect(exitListFile('', undefined, 'en')).toBe('/api/v1/exports/exit-candidates.pdf?lang=en')
  expect(exitListFile('QM', 2025, 'zh')).toBe('/api/v1/exports/exit-candidates.pdf?park=QM&year=2025')
})
