// Ranks a column beside the page, which goes on answering the reader meanwhile.

import { ranksOf, type Column } from './order'

self.onmessage = ({ data }: MessageEvent<Column>) => {
  const ranks = ranksOf(data)
  self.postMessage(ranks, { transfer: [ranks.buffer] })
}
