import 'maplibre-gl/dist/maplibre-gl.css'
import './styles/element'
import './styles/tokens.css'
import './styles/base.css'
import './styles/form.css'
import './styles/print.css'
import { askAhead } from './api/ahead'

askAhead()
// The map library is half of the page's code. It is taken in as a task of its own, and starts its worker before there is a page to draw.
void import('./map/board').then(({ warm }) => warm())
void import('./page')
