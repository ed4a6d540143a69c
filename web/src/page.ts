import { createApp } from 'vue'
import App from './App.vue'
import { start } from './state/store'
import { keepAddress } from './state/view'

keepAddress()
void start()
void import('./views/MapPane.vue')
createApp(App).mount('#app')
