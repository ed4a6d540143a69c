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
createApp(App).mount('#app')
