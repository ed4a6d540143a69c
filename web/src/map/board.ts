// The map itself: MapLibre behind a few verbs. It knows no Vue and reads nothing from the server but tiles.

import { Map as MapLibre, ScaleControl, setWorkerUrl, type MapGeoJSONFeature, type StyleSpecification } from 'maplibre-gl'
// The worker is a file of ours, so that the content security policy needs no blob: address.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { Box, Values } from '@/api/types'
import { hatch } from './hatch'

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
}

export interface Events {
  point(p: Pointer | null): void
  pick(code: string): void
  move(centre: Centre, box: Box): void
  /** parcels are those drawn, inSquares the number of those that squares stand for. */
  idle(centre: Centre, box: Box, parcels: Values[], inSquares: number): void
  fault(message: string): void
}

const padding = { top: 56, right: 48, bottom: 40, left: 60 }
const fill = 'parcel-fill'
const squares = 'grid-fill'
const target = { source: 'parcels', sourceLayer: 'parcels' } as const

/** Board is one map in one element. Close it when the element goes. */
export class Board {
  private readonly map: MapLibre
  private readonly marked = { hover: '', selected: '' }
  private shown: Box | null // the box the reader was shown, until the map is moved by hand

  constructor(
    container: HTMLElement,
    style: StyleSpecification,
    start: { box: Box; centre: Centre | undefined },
    locale: Record<string, string>,
    private readonly events: Events,
  ) {
    setWorkerUrl(workerUrl)
    const { box, centre } = start
    this.shown = centre ? null : box
    this.map = new MapLibre({
      container,
      style,
      locale,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 20,
      minZoom: 7,
      renderWorldCopies: false,
      fadeDuration: 120,
      ...(centre ? { center: [centre.lng, centre.lat], zoom: centre.zoom } : { bounds: box, fitBoundsOptions: { padding } }),
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.keyboard.disableRotation()
    this.map.addControl(new ScaleControl({ maxWidth: 110, unit: 'metric' }), 'bottom-left')
    this.listen()
  }

  /** restyle draws another look or year; what stays the same is not loaded again. */
  restyle(style: StyleSpecification): void {
    this.map.setStyle(style, { diff: true })
    this.map.once('styledata', () => this.remark())
    this.settle()
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
    if (before !== '') this.map.setFeatureState({ ...target, id: before }, { [kind]: false })
    if (code !== '') this.map.setFeatureState({ ...target, id: code }, { [kind]: true })
  }

  /** settle makes sure that `idle` follows, also when nothing turned out to be different. */
  private settle(): void {
    this.map.triggerRepaint()
  }

  private centre(): Centre {
    const c = this.map.getCenter()
    return { lng: c.lng, lat: c.lat, zoom: this.map.getZoom() }
  }

  private box(): Box {
    const b = this.map.getBounds()
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]
  }

  close(): void {
    this.map.remove()
  }

  private remark(): void {
    this.mark('hover', this.marked.hover)
    this.mark('selected', this.marked.selected)
  }

  private listen(): void {
    const { map, events } = this
    map.setMissingStyleImageResolver((id) => {
      if (id === 'hatch' && !map.hasImage(id)) map.addImage(id, hatch(), { pixelRatio: 2 })
    })
    map.on('movestart', (e) => {
      if ('originalEvent' in e && e.originalEvent) this.shown = null
    })
    // A panel that opens or closes takes room from the map: as long as the reader did not move it, it shows the same box.
    map.on('resize', () => {
      if (this.shown !== null) map.fitBounds(this.shown, { padding, duration: 0 })
    })
    map.on('load', () => this.remark())
    map.on('mousemove', (e) => {
      const { x, y } = e.point
      const parcel = this.at(fill, x, y)
      const square = parcel === null ? this.at(squares, x, y) : null
      map.getCanvas().style.cursor = parcel !== null ? 'pointer' : square !== null ? 'zoom-in' : ''
      events.point({ lng: e.lngLat.lng, lat: e.lngLat.lat, x, y, parcel, square })
    })
    map.on('mouseout', () => events.point(null))
    map.on('click', (e) => {
      const hit = this.at(fill, e.point.x, e.point.y)
      if (hit === null && this.at(squares, e.point.x, e.point.y) !== null) {
        map.easeTo({ center: e.lngLat, zoom: map.getZoom() + 2 })
        return
      }
      events.pick(hit === null ? '' : String(hit.code))
    })
    map.on('moveend', () => events.move(this.centre(), this.box()))
    map.on('idle', () => events.idle(this.centre(), this.box(), this.inView(), this.inSquares()))
    map.on('error', (e) => events.fault(e.error?.message ?? ''))
  }

  private at(layer: string, x: number, y: number): Values | null {
    if (this.map.getLayer(layer) === undefined) return null
    const [hit] = this.map.queryRenderedFeatures([x, y], { layers: [layer] })
    return hit === undefined ? null : (hit.properties)
  }

  /** inView lists the parcels on show once each, although a parcel on a tile's edge lies in several. */
  private inView(): Values[] {
    if (this.map.getLayer(fill) === undefined) return []
    const all: MapGeoJSONFeature[] = this.map.queryRenderedFeatures({ layers: [fill] })
    return [...new Map(all.map((f) => [String(f.properties.code), f.properties as Values])).values()]
  }

  private inSquares(): number {
    if (this.map.getLayer(squares) === undefined) return 0
    const all: MapGeoJSONFeature[] = this.map.queryRenderedFeatures({ layers: [squares] })
    const counts = new Map(all.map((f) => [f.id, Number(f.properties.count)]))
    return [...counts.values()].reduce((a, b) => a + b, 0)
  }
}
