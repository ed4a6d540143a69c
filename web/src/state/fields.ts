// Titles and units of the parcel fields, as the server lists them for this reader.

import { computed } from 'vue'
import type { Field } from '@/api/types'
import { pick } from '@/i18n'
import { meta } from './store'

const fields = computed(() => new Map((meta.data?.layers.find((l) => l.name === 'parcels')?.fields ?? []).map((f) => [f.name, f])))

/** parcelFieldList is every parcel field of this reader, in the server's order. */
export const parcelFieldList = computed(() => [...fields.value.values()])

/** field finds a parcel field; undefined when this reader has not got it. */
export function field(name: string): Field | undefined {
  return fields.value.get(name)
}

export function hasField(name: string): boolean {
  return fields.value.has(name)
}

export function fieldTitle(name: string): string {
  const f = field(name)
  return f === undefined ? name : pick(f.title, f.title_en)
}

export function fieldUnit(name: string): string {
  return field(name)?.unit ?? ''
}
