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
  language: 'zh' | 'en'
  centre: { lng: number; lat: number; zoom: number } | undefined
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
  language: 'zh',
  centre: undefined,
  more: {},
}

const word = /^[\w-]{1,64}$/
const words = (s: string | null) => (s ?? '').split(',').filter((v) => word.test(v))
const one = (s: string | null) => (s !== null && word.test(s) ? s : '')

/** parse reads the part after #. Whatever it does not understand is left at its default: a link never breaks the page. */
export function parse(hash: string): View {
  const q = new URLSearchParams(hash.replace(/^#/, ''))
  const year = /^\d{4}$/.test(q.get('year') ?? '') ? Number(q.get('year')) : undefined
  return {
    page: one(q.get('page')) || defaults.page,
    park: one(q.get('park')),
    year,
    metric: one(q.get('metric')) || defaults.metric,
    parcel: one(q.get('parcel')),
    classes: words(q.get('class')),
    idle: q.get('idle') === '1',
    exit: q.get('exit') === '1',
    inView: q.get('inview') === '1',
    sort: one(q.get('sort')),
    hidden: words(q.get('hide')),
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
  const [lng, lat, zoom] = n
  if (n.length !== 3 || lng === undefined || lat === undefined || zoom === undefined || s?.includes(',,')) return undefined
  const inside = Math.abs(lng) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 24
  return inside ? { lng, lat, zoom } : undefined
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
    ['lang', v.language === 'en' ? 'en' : ''],
    ['parcel', v.parcel],
    ['at', v.centre === undefined ? '' : `${v.centre.lng.toFixed(5)},${v.centre.lat.toFixed(5)},${v.centre.zoom.toFixed(2)}`],
    ...Object.keys(v.more)
      .sort()
      .map((key): [string, string] => [`my-${key}`, encodeURIComponent(v.more[key] ?? '')]),
  ]
  return parts
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${value}`)
    .join('&')
}
