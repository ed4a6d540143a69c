// The order in which parks are compared.

interface Sized {
  code: string
  land_mu: number | null
}

/** byLand puts the parks with most land first; those of which it is not known come last, and equal ones by code. */
export const byLand = <T extends Sized>(parks: readonly T[]): T[] =>
  [...parks].sort((a, b) => (b.land_mu ?? -1) - (a.land_mu ?? -1) || (a.code < b.code ? -1 : 1))
