/** hatch draws the diagonal lines that lie over class D: one tile of a seamless pattern, as raw pixels. */
export function hatch(size = 16, width = 3, alpha = 150): { width: number; height: number; data: Uint8ClampedArray } {
  const data = new Uint8ClampedArray(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if ((x + y) % size >= width) continue
      data.set([255, 255, 255, alpha], (y * size + x) * 4)
    }
  }
  return { width: size, height: size, data }
}

type Rgb = readonly [number, number, number]

/** The patterns that lie over parcels of a mark, each of another shape so that colour is not the only cue. */
const patterns: Readonly<Record<string, { colour: Rgb; on: (x: number, y: number) => boolean }>> = {
  'mark-idle': { colour: [138, 75, 8], on: (_, y) => y % 8 < 2 },
  'mark-low': { colour: [60, 70, 80], on: (x, y) => (x % 8) ** 2 + (y % 8) ** 2 < 8 },
  'mark-exit': { colour: [168, 18, 31], on: (x, y) => (x + y) % 16 < 2 || (x - y + 16) % 16 < 2 },
  'mark-potential': { colour: [29, 107, 79], on: (x) => x % 8 < 2 },
}

/** pattern draws the picture of a mark, or nothing where there is none of that name. */
export function pattern(id: string, size = 16): { width: number; height: number; data: Uint8ClampedArray } | null {
  const p = patterns[id]
  if (p === undefined) return null
  const data = new Uint8ClampedArray(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (p.on(x, y)) data.set([...p.colour, 235], (y * size + x) * 4)
  }
  return { width: size, height: size, data }
}
