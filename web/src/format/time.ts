/** moment writes a time as the bureau does, in Shanghai: 2026-11-26 14:05. */
export function moment(at: string | null | undefined): string {
  if (!at) return '–'
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(new Date(at))
}

/** day is the date alone. */
export const day = (at: string | null | undefined) => moment(at).slice(0, 10)
