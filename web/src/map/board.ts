// The map itself: MapLibre behind a few verbs. It knows no Vue and reads nothing from the server but tiles.

import { Map as MapLibre, prewarm, ScaleControl, type GeoJSONSource, setWorkerUrl, type LayerSpecification, type MapGeoJSONFeature, type StyleSpecification } from 'maplibre-gl'
// The worker is a file of ours, so that the content security policy needs no blob: address.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { FeatureCollection } from 'geojson'
import type { Box, Values } from '@/api/types'
import { readArchives } from './archive'
import { Wardrobe, type Dressing } from './dress'
import { hatch, pattern } from './hatch'
import { isParcels, isSquares, outlines } from './layers'
import { opening } from './style'
import { changesOf, type Change } from './restyle'
import { pause } from './slices'
import { unfold } from './unfold'

export interface Pointer {
  lng: number
  lat: number
  x: number
  y: number
  parcel: Values | null
  square: Values | null // where parcels are too small to draw
}

export interface Centre {
  lng: number
  lat: number
  zoom: number
  bearing?: number
  pitch?: number
}

export interface Events {
  point(p: Pointer | null): void
  /** pick is a click on a parcel, or '' beside any. */
  pick(code: string): void
  /** place is every click, before pick; true takes it. */
  place(at: { lng: number; lat: number }): boolean
  move(centre: Centre, box: Box): void
  /** pan follows every step of a movement. */
  pan(centre: Centre): void
  /** painted is the first picture with parcels, or the squares that stand for them. */
  painted(): void
  /** parcels are those drawn, inSquares the number of those that squares stand for. */
  idle(centre: Centre, box: Box, parcels: Values[], inSquares: number): void
  fault(message: string): void
}

const padding = { top: 56, right: 48, bottom: 40, left: 60 }
const target = { source: 'parcels', sourceLayer: 'parcels' } as const

/** Nobody looks at an empty map for longer than this, whatever keeps its parcels. */
const mostCoveredMs = 2000

let warmed = false

/** warm starts the worker that takes tiles apart, so that a map which is made later finds it ready. */
export function warm(): void {
  if (warmed) return
  warmed = true
  setWorkerUrl(workerUrl)
  prewarm()
  readArchives()
}

/** Board is one map in one element. Close it when the element goes. */
export class Board {
  private readonly map: MapLibre
  private readonly wardrobe: Wardrobe
  private readonly marked = { hover: '', selected: '' }
  private sheet: StyleSpecification
  private sketched: FeatureCollection = { type: 'FeatureCollection', features: [] }
  private styled = false // the map has taken its first sheet in
  private unfolding = false // the rest of it is on its way
  private whole = false // the map shows all of its sheet
  private end: () => void = () => undefined
  private readonly completed = new Promise<void>((done) => (this.end = done))
  private closed = false
  private restyles = 0 // the last look that was asked for
  private surveys = 0 // the last look at what is on show; a newer one, or a change of the map, ends it
  private shown: Box | null // the box the reader was shown, until the map is moved by hand

  constructor(
    container: HTMLElement,
    private readonly opened: StyleSpecification,
    start: { box: Box; centre: Centre | undefined },
    locale: Record<string, string>,
    private readonly events: Events,
  ) {
    warm()
    const { box, centre } = start
    const turned = { bearing: centre?.bearing ?? 0, pitch: centre?.pitch ?? 0 }
    this.shown = centre ? null : box
    this.sheet = opened
    this.map = new MapLibre({
      container,
      style: opening(opened),
      validateStyle: false, // it is made by us, and tests put it through MapLibre's checks
      locale,
      attributionControl: false,
      maxPitch: 70,
      ...turned,
      maxZoom: 20,
      minZoom: 7,
      renderWorldCopies: false,
      fadeDuration: 120,
      ...(centre ? { center: [centre.lng, centre.lat], zoom: centre.zoom } : { bounds: box, fitBoundsOptions: { padding } }),
    })
    this.wardrobe = new Wardrobe(this.map)
    this.begin()
    this.flat()
    this.map.addControl(new ScaleControl({ maxWidth: 110, unit: 'metric' }), 'bottom-left')
    this.listen()
  }

  /**
   * begin waits for the parcels, with which the map opens, and lets the rest of its sheet follow. Until then the canvas is out of sight:
   * where no graphics card draws, each picture that is shown holds the page up while the whole of it is copied, and the first few are
   * nothing but ground. They are sent off to be drawn all the same: what draws is made ready with them, while the tiles are on their way.
   */
  private begin(): void {
    const { map } = this
    map.getCanvas().style.display = 'none'
    const complete = () => void this.complete()
    const first = () => {
      if (!this.hasParcels()) {
        map.getCanvas().getContext('webgl2')?.flush()
        return
      }
      map.off('render', first)
      map.off('idle', complete) // it comes with this picture, before anybody sees it
      map.getCanvas().style.display = ''
      void this.firstSeen()
    }
    map.on('render', first)
    map.once('idle', complete)
    map.once('error', complete)
    window.setTimeout(complete, mostCoveredMs)
  }

  /** firstSeen follows the first picture: not before it is on the screen does anything else ask for the processor. */
  private async firstSeen(): Promise<void> {
    await pause()
    if (this.closed) return
    this.events.painted()
    await pause()
    await this.complete()
  }

  private async complete(): Promise<void> {
    if (this.unfolding || this.closed) return
    this.unfolding = true
    this.map.getCanvas().style.display = ''
    if (this.styled) await unfold(this.map, this.opened, () => this.closed).catch(() => this.lay(this.sheet)) // all at once, then
    if (this.closed) return
    this.whole = true
    this.remark()
    this.sketch(this.sketched)
    this.turn(this.opened)
    this.end()
  }

  /** turn makes the map show the newest sheet instead of the one that it shows. */
  private turn(shown: StyleSpecification): void {
    const changes = this.styled ? changesOf(shown, this.sheet) : null
    if (changes === null) this.lay(this.sheet)
    else changes.forEach((c) => this.change(c))
    this.settle()
  }

  /** lay takes in a sheet that has other layers or sources. */
  private lay(sheet: StyleSpecification): void {
    this.map.setStyle(sheet, { diff: true, validate: false })
    this.map.once('styledata', () => {
      this.remark()
      this.sketch(this.sketched)
    })
  }

  /**
   * restyle draws another look or year; what stays the same is not loaded again. It begins in a task of its own: that in which the reader
   * acted belongs to the page around the map. It ends when the map has been told, which it is once it shows all of its sheet.
   */
  async restyle(style: StyleSpecification): Promise<void> {
    const mine = ++this.restyles
    this.surveys++
    await pause()
    if (mine !== this.restyles) return
    const shown = this.sheet
    this.sheet = style
    if (!this.whole) return this.completed
    this.turn(shown)
  }

  /** change tells one change of the sheet, which is not checked again: it is made by us, and tests put it through MapLibre's checks. */
  private change(c: Change): void {
    const unchecked = { validate: false }
    if (c.kind === 'data') void this.map.getSource<GeoJSONSource>(c.source)?.setData(c.value)
    else if (c.kind === 'layer') this.replace(c.layer, c.value)
    else if (c.kind === 'filter') this.map.setFilter(c.layer, c.value ?? null, unchecked)
    else if (c.kind === 'paint') this.map.setPaintProperty(c.layer, c.name as never, c.value as never, unchecked)
    else this.map.setLayoutProperty(c.layer, c.name as never, c.value as never, unchecked)
  }

  /**
   * replace puts a layer in the place of another, which is hidden at once and taken away when no tile is on its way. A worker may be making a
   * tile for it and for layers that stay, and MapLibre does not bear it when one of these is gone by the time the tile comes.
   */
  private replace(was: string, next: LayerSpecification): void {
    if (this.map.getLayer(next.id) !== undefined) this.map.removeLayer(next.id) // it went a moment ago, and comes again
    this.map.addLayer(next, was)
    this.map.setLayoutProperty(was, 'visibility', 'none', { validate: false })
    this.map.once('idle', () => {
      const again = this.sheet.layers.some((l) => l.id === was)
      if (!again && this.map.getLayer(was) !== undefined) this.map.removeLayer(was)
    })
  }

  /** wear colours parcels by their code, under the name the style asks for. */
  wear(name: string, dressing: Dressing | null): void {
    if (this.wardrobe.wear(name, dressing)) this.settle()
  }

  /** tilt lets the reader turn and tilt the map while buildings stand up, and lays it flat again afterwards. */
  tilt(on: boolean): void {
    if (!on) {
      this.flat()
      if (this.map.getPitch() !== 0 || this.map.getBearing() !== 0) this.map.easeTo({ pitch: 0, bearing: 0 })
      return
    }
    const { dragRotate, touchZoomRotate, touchPitch, keyboard } = this.map
    dragRotate.enable()
    touchZoomRotate.enableRotation()
    touchPitch.enable()
    keyboard.enableRotation()
    if (this.map.getPitch() === 0) this.map.easeTo({ pitch: 50, zoom: Math.max(this.map.getZoom(), 14) })
  }

  private flat(): void {
    const { dragRotate, touchZoomRotate, touchPitch, keyboard } = this.map
    dragRotate.disable()
    touchZoomRotate.disableRotation()
    touchPitch.disable()
    keyboard.disableRotation()
  }

  /** follow shows what another map shows, at once. */
  follow(c: Centre): void {
    this.map.jumpTo({ center: [c.lng, c.lat], zoom: c.zoom, bearing: c.bearing ?? 0, pitch: c.pitch ?? 0 })
  }

  /** picture is what is on the map as a PNG. */
  picture(): Promise<string> {
    return new Promise((done) => {
      this.map.once('render', () => done(this.map.getCanvas().toDataURL('image/png')))
      this.map.triggerRepaint()
    })
  }

  /** widthM is how many metres the map's middle line is long. */
  widthM(): number {
    const { clientWidth: w, clientHeight: h } = this.map.getContainer()
    return this.map.unproject([0, h / 2]).distanceTo(this.map.unproject([w, h / 2]))
  }

  /** scale is the n of 1:n in the map's middle, for a screen of 96 pixels an inch. */
  scale(): number {
    const cssPixelM = 0.0254 / 96
    const n = this.widthM() / (this.map.getContainer().clientWidth * cssPixelM)
    return n < 10_000 ? Math.round(n / 10) * 10 : Math.round(n / 100) * 100
  }

  /** sketch draws the lines and areas of a tool, as soon as the map has room for them. */
  sketch(data: FeatureCollection): void {
    this.sketched = data
    const source = this.map.getSource<GeoJSONSource>('sketch')
    if (source !== undefined) void source.setData(data)
  }

  describe(text: string): void {
    this.map.getCanvas().setAttribute('aria-label', text)
  }

  show(box: Box, parcel: boolean): void {
    this.shown = parcel ? null : box
    this.map.fitBounds(box, parcel ? { padding: 120, maxZoom: 16.2, duration: 900 } : { padding, duration: 900 })
    this.settle()
  }

  zoom(by: 1 | -1): void {
    if (by > 0) this.map.zoomIn()
    else this.map.zoomOut()
  }

  /** mark outlines one parcel as hovered or selected; '' takes the mark away. */
  mark(kind: 'hover' | 'selected', code: string): void {
    const before = this.marked[kind]
    this.marked[kind] = code
    if (this.map.getSource(target.source) === undefined) return
    for (const [layer, widthPx] of Object.entries(outlines[kind])) {
      if (this.map.getLayer(layer) !== undefined) this.map.setPaintProperty(layer, 'line-width', code === '' ? 0 : widthPx, { validate: false })
    }
    if (before !== '') this.map.setFeatureState({ ...target, id: before }, { [kind]: false })
    if (code !== '') this.map.setFeatureState({ ...target, id: code }, { [kind]: true })
  }

  /** settle makes sure that `idle` follows, also when nothing turned out to be different. */
  private settle(): void {
    this.surveys++
    this.map.triggerRepaint()
  }

  private centre(): Centre {
    const c = this.map.getCenter()
    return { lng: c.lng, lat: c.lat, zoom: this.map.getZoom(), bearing: Math.round(this.map.getBearing()), pitch: Math.round(this.map.getPitch()) }
  }

  private box(): Box {
    const b = this.map.getBounds()
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]
  }

  close(): void {
    this.closed = true
    this.surveys++
    this.restyles++
    this.wardrobe.close()
    this.map.remove()
  }

  /** remark marks again what is marked, in a look that was taken in anew. */
  private remark(): void {
    this.mark('hover', this.marked.hover)
    this.mark('selected', this.marked.selected)
  }

  private listen(): void {
    const { map, events } = this
    map.setMissingStyleImageResolver((id) => {
      const picture = id === 'hatch' ? hatch() : pattern(id)
      if (picture !== null && !map.hasImage(id)) map.addImage(id, picture, { pixelRatio: 2 })
    })
    map.on('movestart', (e) => {
      if ('originalEvent' in e && e.originalEvent) this.shown = null
    })
    // A panel that opens or closes takes room from the map: as long as the reader did not move it, it shows the same box.
    map.on('resize', () => {
      if (this.shown !== null) map.fitBounds(this.shown, { padding, duration: 0 })
    })
    map.on('style.load', () => (this.styled = true))
    map.on('load', () => this.remark())
    map.on('mousemove', (e) => {
      const { x, y } = e.point
      const parcel = this.at(isParcels, x, y)
      const square = parcel === null ? this.at(isSquares, x, y) : null
      map.getCanvas().style.cursor = parcel !== null ? 'pointer' : square !== null ? 'zoom-in' : ''
      events.point({ lng: e.lngLat.lng, lat: e.lngLat.lat, x, y, parcel, square })
    })
    map.on('mouseout', () => events.point(null))
    map.on('click', (e) => {
      if (events.place({ lng: e.lngLat.lng, lat: e.lngLat.lat })) return
      const hit = this.at(isParcels, e.point.x, e.point.y)
      if (hit === null && this.at(isSquares, e.point.x, e.point.y) !== null) {
        map.easeTo({ center: e.lngLat, zoom: map.getZoom() + 2 })
        return
      }
      events.pick(hit === null ? '' : String(hit.code))
    })
    map.on('move', () => {
      this.surveys++
      events.pan(this.centre())
    })
    map.on('moveend', () => events.move(this.centre(), this.box()))
    map.on('idle', () => {
      if (this.whole) void this.survey()
    })
    map.on('error', (e) => events.fault(e.error?.message ?? ''))
  }

  private hasParcels(): boolean {
    const { map } = this
    return map.getSource(target.source) !== undefined && map.isSourceLoaded(target.source)
  }

  private at(layers: (id: string) => boolean, x: number, y: number): Values | null {
    const [hit] = this.within(layers, [x, y])
    return hit === undefined ? null : (hit.properties)
  }

  /**
   * survey tells what is on show once the map is idle, each parcel once, although one on a tile's edge lies in several. It asks for it in
   * strips: a map can show ten thousands. A map that moved meanwhile is looked at anew.
   */
  private async survey(): Promise<void> {
    const mine = ++this.surveys
    const parcels = new Map<string, Values>()
    const counts = new Map<unknown, number>() // of the parcels that a square stands for
    for (const strip of this.strips()) {
      for (const f of this.within(isParcels, strip)) parcels.set(String(f.properties.code), f.properties)
      for (const f of this.within(isSquares, strip)) counts.set(f.id, Number(f.properties.count))
      await pause()
      if (mine !== this.surveys) return
    }
    this.events.idle(this.centre(), this.box(), [...parcels.values()], [...counts.values()].reduce((a, b) => a + b, 0))
  }

  private strips(): [[number, number], [number, number]][] {
    const { clientWidth: w, clientHeight: h } = this.map.getContainer()
    const heightPx = 48
    return Array.from({ length: Math.ceil(h / heightPx) }, (_, i) => [[0, i * heightPx], [w, Math.min((i + 1) * heightPx, h)]])
  }

  private within(layers: (id: string) => boolean, place: [number, number] | [[number, number], [number, number]]): MapGeoJSONFeature[] {
    const there = this.map.getLayersOrder().filter(layers)
    return there.length === 0 ? [] : this.map.queryRenderedFeatures(place, { layers: there })
  }
}
