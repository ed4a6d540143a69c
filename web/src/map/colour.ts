// Colours of classes and of numbers. Classes use four steps of ColorBrewer RdBu, numbers YlGnBu: both can be told apart by
// colour-blind readers. Classes carry their letter and D a hatch besides, so that colour is never the only cue.

export const noData = '#e4e9ee'
export const hollow = '#ffffff'

/** Classes in the order they are listed; '-' stands for "no firm to rate". */
export const classOrder = ['A', 'B', 'C', 'D', 'T', '-'] as const

const classColours: Readonly<Record<string, string>> = {
  A: '#0571b0',
  B: '#92c5de',
  C: '#f4a582',
  D: '#ca0020',
  T: '#b4bec8',
  '-': hollow,
}

/** classColour is the fill of a class; a class nobody knows is shown as no data. */
export function classColour(c: string): string {
  return classColours[c] ?? noData
}

/** inkOn is the colour of a letter that can be read on a fill, by relative luminance. */
export function inkOn(fill: string): string {
  const channel = (i: number) => {
    const v = Number.parseInt(fill.slice(i, i + 2), 16) / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  }
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
  return luminance > 0.36 ? '#16202b' : '#ffffff'
}

const ramps: readonly (readonly string[])[] = [
  ['#41b6c4'],
  ['#a1dab4', '#225ea8'],
  ['#c7e9b4', '#41b6c4', '#225ea8'],
  ['#d9f0c8', '#7fcdbb', '#2c8fbe', '#225ea8'],
  ['#e3f4c9', '#a1dab4', '#41b6c4', '#2c7fb8', '#253494'],
  ['#e3f4c9', '#b5e0b8', '#7fcdbb', '#41b6c4', '#2c7fb8', '#253494'],
  ['#e3f4c9', '#c7e9b4', '#7fcdbb', '#41b6c4', '#1d91c0', '#225ea8', '#0c2c84'],
]

/** ramp gives n colours from low to high. Beyond seven the highest repeats: more steps cannot be told apart. */
export function ramp(n: number): string[] {
  const table = ramps[Math.min(Math.max(n, 1), ramps.length) - 1] ?? []
  return Array.from({ length: Math.max(n, 1) }, (_, i) => table[Math.min(i, table.length - 1)] ?? noData)
}
