// Sizes of a printed map.

export type Paper = 'A4' | 'A3'

const mm: Readonly<Record<Paper, readonly [number, number]>> = { A4: [210, 297], A3: [297, 420] }
const marginMm = 10
const headMm = 14
const footMm = 14

/** paperMm is the room for the map on a sheet, in millimetres. */
export function paperMm(paper: Paper, landscape: boolean): { mapWidth: number; mapHeight: number } {
  const [short, long] = mm[paper]
  const [w, h] = landscape ? [long, short] : [short, long]
  return { mapWidth: w - 2 * marginMm, mapHeight: h - 2 * marginMm - headMm - footMm }
}

/** niceScale is a scale bar of a round length, about 40 mm long, for so many metres of ground in a millimetre. */
export function niceScale(metresPerMm: number): { mm: number; text: string } {
  if (!(metresPerMm > 0)) return { mm: 0, text: '' }
  const most = metresPerMm * 45
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = ([5, 2, 1].find((k) => k * power <= most) ?? 1) * power
  return { mm: metres / metresPerMm, text: metres >= 1000 ? `${metres / 1000} km` : `${metres} m` }
}
