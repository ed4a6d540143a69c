/**
 * groups splits the 19 characters of a parcel code (GB/T 37346-2019) where people pause when they read one aloud:
 * county, cadastral area, zone, kind of right, number.
 */
export function groups(code: string): string[] {
  if (code.length !== 19) return [code]
  return [code.slice(0, 6), code.slice(6, 9), code.slice(9, 12), code.slice(12, 14), code.slice(14)]
}
