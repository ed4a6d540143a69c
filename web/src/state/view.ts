// What the reader is looking at, kept in the address after the # (see url.ts).

import { reactive, shallowRef, watch } from 'vue'
import type { Box } from '@/api/types'
import { language, speak } from '@/i18n'
import { format, parse, type View } from './url'

/** view is the part of the state that a link restores. */
export const view = reactive<View>(parse(window.location.hash))

/** hovered is the parcel under the pointer, in the table or on the map; '' is none. */
export const hovered = shallowRef('')

/** seen is the box the map shows; null before the map is there. */
export const seen = shallowRef<Box | null>(null)

/** flight asks the map to show a box. Every request is a new object, so that the same place can be asked for twice. */
export const flight = shallowRef<{ box: Box; parcel: boolean } | null>(null)

/** flyTo asks the map to show a box; a parcel is shown with its surroundings. */
export function flyTo(box: Box | null | undefined, parcel = false): void {
  if (box) flight.value = { box, parcel }
}

/** select opens a parcel's dossier; '' closes it. */
export function select(code: string): void {
  view.parcel = code
}

/** turnTo opens a page, with the state it shall open in. */
export function turnTo(page: string, more: View['more'] = {}): void {
  Object.assign(view, { page, more })
}

/** setMore changes parts of the page's own state; '' takes a part away. */
export function setMore(parts: Readonly<Record<string, string>>): void {
  view.more = withParts(parts)
}

const withParts = (parts: Readonly<Record<string, string>>): View['more'] => Object.fromEntries(Object.entries({ ...view.more, ...parts }).filter(([, value]) => value !== ''))

/** leaveBehind changes parts of a page's own state in the step of the browser's history that is being left. When the browser itself went to
 * another step, that one is no longer at hand. */
export function leaveBehind(page: string, parts: Readonly<Record<string, string>>): void {
  if (parse(window.location.hash).page !== page) return
  window.history.replaceState(null, '', addressOf(format({ ...view, page, more: withParts(parts) })))
}

const addressOf = (text: string) => `${window.location.pathname}${text === '' ? '' : `#${text}`}`

/** toggleClass adds a class to the filter or takes it out. */
export function toggleClass(c: string): void {
  view.classes = view.classes.includes(c) ? view.classes.filter((x) => x !== c) : [...view.classes, c]
}

/** clearFilters shows everything again. */
export function clearFilters(): void {
  Object.assign(view, { classes: [], idle: false, exit: false, inView: false })
}

/** toggleLayer switches a map layer on or off. */
export function toggleLayer(name: string): void {
  view.hidden = view.hidden.includes(name) ? view.hidden.filter((x) => x !== name) : [...view.hidden, name]
}

/** toggleExtra switches a layer on or off that is off at first. */
export function toggleExtra(name: string): void {
  view.shown = view.shown.includes(name) ? view.shown.filter((x) => x !== name) : [...view.shown, name]
}

/** fade sets a layer's opacity in per cent. */
export function fade(name: string, percent: number): void {
  const rest = Object.entries(view.opacity).filter(([key]) => key !== name)
  view.opacity = Object.fromEntries(percent >= 100 ? rest : [...rest, [name, percent]])
}

/** openTool opens a tool of the map, or closes it when it is the one that is open. */
export function openTool(name: string): void {
  view.tool = view.tool === name ? '' : name
}

/**
 * keepAddress ties the view to the address both ways. Another page, a new selection or something
 * opened on a page (`more.open`) is a step in the browser's history, moving the map is none.
 */
export function keepAddress(): void {
  speak(view.language)
  const places = () => [view.page, view.parcel, view.park, String(view.year), view.more.open ?? ''].join()
  let last = places()
  watch(
    () => format(view),
    (text) => {
      const step = last !== places()
      last = places()
      if (`#${text}` === (window.location.hash || '#')) return
      if (step) window.history.pushState(null, '', addressOf(text))
      else window.history.replaceState(null, '', addressOf(text))
    },
  )
  window.addEventListener('popstate', () => {
    const back = parse(window.location.hash)
    Object.assign(view, back, { centre: view.centre })
  })
  watch(() => view.language, speak)
  watch(language, (l) => (view.language = l))
}
