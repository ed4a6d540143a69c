// The charts that the page uses, and only those: ECharts without them would be three times as large.

import { BarChart, LineChart, SankeyChart, type BarSeriesOption, type LineSeriesOption, type SankeySeriesOption } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, type GridComponentOption, type LegendComponentOption, type MarkLineComponentOption, type TooltipComponentOption } from 'echarts/components'
import { init, use, type ComposeOption, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, LineChart, SankeyChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer])

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | SankeySeriesOption | GridComponentOption | LegendComponentOption | MarkLineComponentOption | TooltipComponentOption
>
export type Drawing = EChartsType

const styles = () => getComputedStyle(document.documentElement)

/** ink is the page's type for a chart's letters. */
export const ink = (size = 12, colour = '--ink-2') => ({ fontFamily: styles().getPropertyValue('--font'), fontSize: size, color: styles().getPropertyValue(colour).trim() })

/** tooltip is drawn on the canvas: as HTML it would carry style attributes, which the content security policy forbids. */
export const tooltip: TooltipComponentOption = { renderMode: 'richText', confine: true }

/** make opens a drawing in an element. */
export const make = (host: HTMLElement): Drawing => init(host, null, { renderer: 'canvas' })
