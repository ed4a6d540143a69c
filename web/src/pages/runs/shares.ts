import type { AggregateRow } from '@/api/figures'

type Land = Pick<AggregateRow, 'land_sum_mu'>

/** ratedIn is how many firms were rated in all classes; null where one of them is withheld, which the sum would tell. */
export function ratedIn(classes: Land[]): number | null {
  return classes.reduce<number | null>((sum, { land_sum_mu: m }) => (sum === null || m.suppressed || m.firms === null ? null : sum + m.firms), 0)
}

/** shareOf is the share of a class in all rated firms, from 0 to 1; null where either is not known. */
export function shareOf({ land_sum_mu: m }: Land, all: number | null): number | null {
  return all === null || all === 0 || m.suppressed || m.firms === null ? null : m.firms / all
}
