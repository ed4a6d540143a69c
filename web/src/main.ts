import { createApp } from 'vue'
import 'maplibre-gl/dist/maplibre-gl.css'
import './styles/element'
import './styles/tokens.css'
import './styles/base.css'
import './styles/form.css'
import './styles/print.css'
import App from './App.vue'
import { start } from './state/store'
import { keepAddress } from './state/view'

keepAddress()
void start()
// The map library is half of the page's code: it is read while the first answers are on their way, and taken in as a task of its own. So
// is what its worker runs.
void import('./views/MapPane.vue')
void import('./map/board').then(({ warm }) => warm())
createApp(App).mount('#app')
