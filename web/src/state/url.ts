// What a link restores, and how it is written after the # of the address. After the #, because a browser does not send that part:
// what a reader searched and selected stays out of the server's logs.

export interface View {
  page: string // see pages/index.ts
  park: string // '' is all parks
  year: number | undefined // undefined is the newest
  metric: string // 'class' or a field
  parcel: string // selected parcel, '' is none
  classes: string[] // shown classes, empty is all; '-' is "no firm"
  idle: boolean
  exit: boolean
  inView: boolean
  sort: string // field, '-' in front for descending
  hidden: string[] // layers switched off
  shown: string[] // layers switched on that are off at first
  opacity: Readonly<Record<string, number>> // layers that are not fully opaque, in per cent
  breaks: string // how a metric is divided, see map/breaks.ts; '' is as the server says
  label: string // what stands on a parcel, see map/labels.ts
  swipe: number | undefined // the year on the left of the divider
  tool: string // the map tool that is open
  language: 'zh' | 'en'
  centre: { lng: number; lat: number; zoom: number; bearing?: number; pitch?: number } | undefined
  more: Readonly<Record<string, string>> // the page's own state: a case, a firm, a sorting
}

export const defaults: Readonly<View> = {
  page: 'map',
  park: '',
  year: undefined,
  metric: 'class',
  parcel: '',
  classes: [],
  idle: false,
  exit: false,
  inView: false,
  sort: '',
  hidden: [],
  shown: [],
  opacity: {},
  breaks: '',
  label: 'class',
  swipe: undefined,
  tool: '',
  language: 'zh',
  centre: undefined,
  more: {},
}

const word = /^[\w-]{1,64}$/
const words = (s: string | null) => (s ?? '').split(',').filter((v) => word.test(v))
const one = (s: string | null) => (s !== null && word.test(s) ? s : '')

const yearOf = (s: string | null) => (/^\d{4}$/.test(s ?? '') ? Number(s) : undefined)
const breaksText = /^(equal|rule|at_-?\d+(\.\d+)?(_-?\d+(\.\d+)?){0,8})$/

/** parseOpacity reads layers with their opacity in per cent, as in parcels-60. */
function parseOpacity(list: readonly string[]): View['opacity'] {
  const parts = list.map((s) => /^([a-z]{1,24})-(\d{1,2})$/.exec(s)).filter((m) => m !== null)
  return Object.fromEntries(parts.map((m) => [m[1] ?? '', Number(m[2])]))
}

/** parse reads the part after #. Whatever it does not understand is left at its default: a link never breaks the page. */
export function parse(hash: string): View {
  const q = new URLSearchParams(hash.replace(/^#/, ''))
  return {
    page: one(q.get('page')) || defaults.page,
    park: one(q.get('park')),
    year: yearOf(q.get('year')),
    metric: one(q.get('metric')) || defaults.metric,
    parcel: one(q.get('parcel')),
    classes: words(q.get('class')),
    idle: q.get('idle') === '1',
    exit: q.get('exit') === '1',
    inView: q.get('inview') === '1',
    sort: one(q.get('sort')),
    hidden: words(q.get('hide')),
    shown: words(q.get('show')),
    opacity: parseOpacity(words(q.get('dim'))),
    breaks: breaksText.test(q.get('breaks') ?? '') ? (q.get('breaks') ?? '') : '',
    label: one(q.get('label')) || defaults.label,
    swipe: yearOf(q.get('swipe')),
    tool: one(q.get('tool')),
    language: q.get('lang') === 'en' ? 'en' : 'zh',
    centre: parseCentre(q.get('at')),
    more: parseMore(q),
  }
}

const moreKey = /^my-[a-z]{1,24}$/

/** parseMore reads the page's own state: parameters that begin with my-. What they mean, and whether it is valid, only the page knows. */
function parseMore(q: URLSearchParams): View['more'] {
  const kept = [...q].filter(([key, value]) => moreKey.test(key) && value !== '' && value.length <= 200)
  return Object.fromEntries(kept.map(([key, value]) => [key.slice(3), value]))
}

function parseCentre(s: string | null): View['centre'] {
  const n = (s ?? '').split(',').map(Number)
  const [lng, lat, zoom, bearing = 0, pitch = 0] = n
  if ((n.length !== 3 && n.length !== 5) || lng === undefined || lat === undefined || zoom === undefined || s?.includes(',,')) return undefined
  const inside = Math.abs(lng) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 24 && Math.abs(bearing) <= 180 && pitch >= 0 && pitch <= 85
  if (!inside) return undefined
  return bearing === 0 && pitch === 0 ? { lng, lat, zoom } : { lng, lat, zoom, bearing, pitch }
}

/** format writes only what differs from the defaults, in one order, so that the same view has the same link. */
export function format(v: View): string {
  const parts: [string, string][] = [
    ['page', v.page === defaults.page ? '' : v.page],
    ['park', v.park],
    ['year', v.year === undefined ? '' : String(v.year)],
    ['metric', v.metric === defaults.metric ? '' : v.metric],
    ['class', v.classes.join(',')],
    ['idle', v.idle ? '1' : ''],
    ['exit', v.exit ? '1' : ''],
    ['inview', v.inView ? '1' : ''],
    ['sort', v.sort],
    ['hide', v.hidden.join(',')],
    ['show', v.shown.join(',')],
    ['dim', Object.entries(v.opacity).map(([name, percent]) => `${name}-${percent}`).join(',')],
    ['breaks', v.breaks],
    ['label', v.label === defaults.label ? '' : v.label],
    ['swipe', v.swipe === undefined ? '' : String(v.swipe)],
    ['tool', v.tool],
    ['lang', v.language === 'en' ? 'en' : ''],
    ['parcel', v.parcel],
    ['at', formatCentre(v.centre)],
    ...Object.keys(v.more)
      .sort()
      .map((key): [string, string] => [`my-${key}`, encodeURIComponent(v.more[key] ?? '')]),
  ]
  return parts
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${value}`)
    .join('&')
}

function formatCentre(c: View['centre']): string {
  if (c === undefined) return ''
  const turned = c.bearing || c.pitch ? `,${(c.bearing ?? 0).toFixed(0)},${(c.pitch ?? 0).toFixed(0)}` : ''
  return `${c.lng.toFixed(5)},${c.lat.toFixed(5)},${c.zoom.toFixed(2)}${turned}`
}
