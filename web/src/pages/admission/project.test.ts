import { expect, it } from 'vitest'
import { blank, faultsOf, projectOf, storeysOf } from './project'

it('sends what is filled in and leaves out the rest', () => {
  const f = { ...blank(), park: 'QM', land_mu: '1,030.5', tax_wan: '0', above: 'no' }
  expect(faultsOf(f)).toEqual({})
  expect(projectOf(f)).toEqual({ park: 'QM', land_mu: 1030.5, tax_wan: 0, above_scale: false })
})

it('asks for what is needed and refuses what is no number', () => {
  expect(faultsOf({ ...blank(), staff: 'many' })).toEqual({ park: 'required', land_mu: 'required', staff: 'number' })
})

it('takes storeys line by line, several alike at once', () => {
  const storeys = [{ floor_m2: '6,000', height_m: '9', alike: '' }, { floor_m2: '', height_m: '', alike: '' }, { floor_m2: '5500', height_m: '4.5', alike: '2' }]
  const f = { ...blank(), park: 'QM', land_mu: '30', storeys }
  expect(faultsOf(f)).toEqual({})
  expect(projectOf(f).storeys).toEqual([{ floor_m2: 6000, height_m: 9 }, { floor_m2: 5500, height_m: 4.5 }, { floor_m2: 5500, height_m: 4.5 }])
  expect('storeys' in projectOf({ ...f, storeys: [] })).toBe(false)
})

it.each([
  [{ floor_m2: '6000', height_m: '', alike: '' }],
  [{ floor_m2: '', height_m: '9', alike: '' }],
  [{ floor_m2: 'big', height_m: '9', alike: '' }],
  [{ floor_m2: '6000', height_m: '9', alike: '0' }],
  [{ floor_m2: '6000', height_m: '9', alike: '1.5' }],
])('refuses the storey %o and makes none of it', (line) => {
  expect(faultsOf({ ...blank(), park: 'QM', land_mu: '30', storeys: [line] })).toEqual({ storeys: 'storey' })
  expect(storeysOf([line])).toEqual([])
})
