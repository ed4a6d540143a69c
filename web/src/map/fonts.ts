// Letters on the map are drawn from the reader's own fonts; there is no glyph server. MapLibre takes the weight from the first
// name of a stack, which therefore names no family at all; of the others the first one installed is used.

const families = ['Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'sans-serif']

export const bold = ['muchan bold', ...families]
export const regular = ['muchan', ...families]
