// The shapes of /api/v1, as api/DESIGN.md promises them. A number that is missing is null; a field the reader may not see is absent.

import type { MultiPolygon } from 'geojson'
export type Audience = 'public' | 'viewer' | 'analyst' | 'admin'

/** West, south, east, north in degrees. */
export type Box = [number, number, number, number]

export type Value = string | number | boolean | null | undefined
export type Values = Readonly<Record<string, Value>>

export interface Session {
  audience: Audience
  name: string | null
  expires_at?: string | null
}

export interface Credentials {
  token?: string
  name?: string
  password?: string
}

export interface Field {
  name: string
  title: string
  title_en: string
  unit?: string
  type: 'string' | 'number' | 'integer' | 'boolean' | 'date'
}

export interface Layer {
  name: string
  title: string
  title_en: string
  id: string
  min_zoom: number
  tiles: string
  fields: Field[]
}

export interface ParkRef {
  code: string
  name: string
  name_en: string
  bound: Box
}

export interface ClassRef {
  class: string
  title: string
  title_en?: string
  color: string
}

export interface Metric {
  field: string
  title: string
  title_en: string
  unit?: string
  breaks?: number[]
  bands?: string[]
}

export interface RuleRef {
  id: string
  kind: string
  title: string
  title_en?: string
  document?: string
  hash: string
  verified: boolean
  notice?: string
  notice_en?: string
}

/** A basemap that the server was configured with. */
export interface Basemap {
  tiles: string[] // templates with {z}, {x}, {y}
  names: string[] // the same for place names, drawn above
  attribution: string
  max_zoom: number
  archive?: string // address of a PMTiles file at the server, which stands instead of templates
  min_zoom?: number
  layers?: string[] // of vector tiles in it; pictures have none
}

export interface Meta {
  name: string
  demo: boolean
  notice?: string
  notice_en?: string
  years: number[]
  year: number
  as_of: string
  snapshot: { version: number; built_at: string; stale: boolean; stale_since: string | null }
  bound: Box
  parks: ParkRef[]
  layers: Layer[]
  classes: ClassRef[]
  metrics: Metric[]
  rules: RuleRef[]
  basemap?: Basemap | null
  /** The number under which the map was approved (审图号), "" for none. */
  map_approval?: string
}

/** A sum of money and both lands it may be divided by: that of all parcels, and that of the parcels with this figure. */
export interface Amount {
  wan: number | null
  rated_land_mu: number | null
  wan_per_mu: number | null
  wan_per_rated_mu: number | null
}

export interface Totals {
  parcels: number | null
  firms?: number | null
  land_mu: number | null
  output?: Amount
  value_added?: Amount
  tax?: Amount
  far: number | null
  far_rated_land_mu: number | null
  density: number | null
  density_rated_land_mu: number | null
  classes: Readonly<Record<string, number>>
  idle_land?: number | null
  idle_plants?: number | null
  exit_candidates?: number | null
}

export interface Summary {
  year: number
  parks: (Totals & { code: string })[]
  all: Totals
}

export interface Row {
  code: string
  bbox: Box | null
  /** Where its label stands: a point inside it when the server says one, else the middle of its box. */
  at: [number, number] | null
  values: Values
}

export interface Scores {
  year: number
  total: number
  rows: Row[]
}

export interface Indicator {
  id: string
  title: string
  title_en: string
  unit?: string
  value: number | null
  base: number | null
  weight: number | null
  points: number | null
  filled: boolean
}

export interface Step {
  effect: string
  arg?: string
  evidence?: string
  from?: string
  to?: string
  /** The step in a sentence. */
  text?: string
  text_en?: string
}

export interface FirmShare {
  uscc: string
  name: string
  industry?: string
  cohort?: string
  class?: string
  tenure?: string
  share: number | null
  land_mu: number | null
  points: number | null
  rank: number | null
  of: number | null
  tax_wan?: number | null
  indicators?: Indicator[] | null
  steps?: Step[] | null
}

export interface ExitTest {
  id: string
  title: string
  title_en: string
  value: number | null
  threshold: number | null
  standard?: number | null // as the document has it; threshold = standard × factor
  factor?: number | null
  factor_source?: string
  factor_source_en?: string
  unit?: string
  failed: boolean
  margin: number | null
  rule?: RuleRef | string | null
  clause?: string
  note?: string
  note_en?: string
}

export interface Exit {
  failed: number
  severity: number
  tests: ExitTest[]
}

export interface Operand {
  name: string
  name_en: string
  value: string | null
  value_en?: string
  unit?: string
  source?: string
}

export interface Explanation {
  id: string
  title: string
  title_en: string
  unit?: string
  value: number | null
  text?: string
  text_en?: string
  formula?: string
  formula_en?: string
  inputs?: Operand[] | null
  rule?: RuleRef | null
  clause?: string
  note?: string
  note_en?: string
}

export interface HistoryYear {
  year: number
  tax_wan_mu?: number | null
  output_wan_mu?: number | null
  value_added_wan_mu?: number | null
  class?: string | null
}

export interface ZoneRef {
  id: string
  name: string
  kind: string
  level?: number | null
}

export interface Dossier {
  code: string
  year: number
  bbox: Box | null
  geometry?: MultiPolygon
  properties: Values
  buildings?: Values[] | null
  zones?: ZoneRef[] | null
  parents?: string[] | null
  children?: string[] | null
  history?: HistoryYear[] | null
  firms?: FirmShare[] | null
  exit?: Exit | null
  explanations?: Explanation[] | null
}
