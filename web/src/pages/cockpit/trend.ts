// The cockpit's charts, from the sums of the years. Sizes are in the cockpit's own letters, so that they grow with the screen.

import type { ChartOption } from '@/components/chart'
import { tooltip } from '@/components/chart'
import type { Summary, Totals } from '@/api/types'
import { classColour, classOrder } from '@/map/colour'

export interface Paint {
  ink: string
  soft: string
  line: string
  first: string
  second: string
  size: number // of a letter, in pixels
}

/** ofPark picks a park's sums, or those of all. */
export function ofPark(s: Summary, park: string): Totals | undefined {
  return park === '' ? s.all : s.parks.find((p) => p.code === park)
}

const text = (p: Paint) => ({ color: p.soft, fontSize: p.size })

/** perMuOption draws tax per mu (left scale) and output per mu (right scale), or FAR alone for a reader who has no money. */
export function perMuOption(years: readonly Summary[], park: string, names: { tax: string; output: string; far: string }, p: Paint): ChartOption {
  const totals = years.map((s) => ofPark(s, park))
  const hasMoney = totals.some((s) => s?.tax !== undefined)
  const line = (name: string, data: (number | null)[], colour: string, axis: number, symbol: string) => ({
    name, type: 'line' as const, yAxisIndex: axis, data, symbol, symbolSize: p.size * 0.6, lineStyle: { width: Math.max(2, p.size / 6), ...(axis === 1 ? { type: 'dashed' as const } : {}) }, itemStyle: { color: colour },
  })
  const axis = (show: boolean) => ({ type: 'value' as const, scale: true, axisLabel: text(p), splitLine: { show, lineStyle: { color: p.line } } })
  return {
    tooltip: { ...tooltip, trigger: 'axis' },
    legend: { top: 0, textStyle: text(p), itemWidth: p.size * 1.8 },
    grid: { left: p.size * 3.4, right: p.size * 3.6, top: p.size * 2.2, bottom: p.size * 1.9 },
    xAxis: { type: 'category', data: years.map((s) => String(s.year)), axisLabel: text(p), axisLine: { lineStyle: { color: p.line } } },
    yAxis: [axis(true), axis(false)],
    series: hasMoney
      ? [line(names.tax, totals.map((s) => round(s?.tax?.wan_per_mu, 2)), p.first, 0, 'circle'), line(names.output, totals.map((s) => round(s?.output?.wan_per_mu, 1)), p.second, 1, 'rect')]
      : [line(names.far, totals.map((s) => round(s?.far, 2)), p.first, 0, 'circle')],
  }
}

const round = (v: number | null | undefined, digits: number) => (typeof v === 'number' ? Number(v.toFixed(digits)) : null)

/** classShares are the parcels of each class in a year, in the order of the classes; those without a firm come last. */
export function classShares(s: Totals | undefined): { key: string; n: number; share: number }[] {
  const counted = classOrder.map((key) => ({ key, n: s?.classes[key === '-' ? '' : key] ?? 0 }))
  const total = counted.reduce((sum, c) => sum + c.n, 0)
  return counted.map((c) => ({ ...c, share: total === 0 ? 0 : c.n / total }))
}

/** classOption draws the class shares of every year as one bar each. */
export function classOption(years: readonly Summary[], park: string, name: (key: string) => string, p: Paint): ChartOption {
  const shares = years.map((s) => classShares(ofPark(s, park)))
  return {
    tooltip: { ...tooltip, trigger: 'axis', valueFormatter: (v) => `${Number(v).toFixed(1)}%` },
    legend: { top: 0, textStyle: text(p), itemWidth: p.size, itemHeight: p.size * 0.8 },
    grid: { left: p.size * 3.4, right: p.size, top: p.size * 2.2, bottom: p.size * 1.9 },
    xAxis: { type: 'category', data: years.map((s) => String(s.year)), axisLabel: text(p), axisLine: { lineStyle: { color: p.line } } },
    yAxis: { type: 'value', max: 100, axisLabel: { ...text(p), formatter: '{value}%' }, splitLine: { lineStyle: { color: p.line } } },
    series: classOrder.map((key, i) => ({
      name: name(key), type: 'bar' as const, stack: 'class', barWidth: '62%', itemStyle: { color: classColour(key), borderColor: '#9aa7b3', borderWidth: 0.5 },
      data: shares.map((s) => (s[i]?.share ?? 0) * 100),
      label: { show: /^[A-D]$/.test(key), formatter: (x: { value?: unknown }) => (Number(x.value) > 7 ? key : ''), color: key === 'B' || key === 'C' ? '#16202b' : '#ffffff', fontSize: p.size * 0.9 },
    })),
  }
}
