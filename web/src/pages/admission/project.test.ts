import { expect, it } from 'vitest'
import { blank, faultsOf, projectOf } from './project'

it('sends what is filled in and leaves out the rest', () => {
  const f = { ...blank(), park: 'QM', land_mu: '1,030.5', tax_wan: '0', above: 'no' }
  expect(faultsOf(f)).toEqual({})
  expect(projectOf(f)).toEqual({ park: 'QM', land_mu: 1030.5, tax_wan: 0, above_scale: false })
})

it('asks for what is needed and refuses what is no number', () => {
  expect(faultsOf({ ...blank(), staff: 'many' })).toEqual({ park: 'required', land_mu: 'required', staff: 'number' })
})
