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
