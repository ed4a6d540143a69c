import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// The Go server or the mock that answers /api and /tiles while the page is being worked on.
const backend = process.env.MUCHAN_BACKEND ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  worker: { format: 'es' },
  server: { proxy: { '/api': backend, '/tiles': backend, '/ogc': backend } },
  build: {
    target: 'es2022',
    // Nothing is inlined as a data: URL or an inline script, so the content security policy can stay strict.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1300,
    rolldownOptions: {
      output: {
        // The map library changes seldom; on its own it stays in the browser's cache over releases of the page.
        codeSplitting: { groups: [{ name: 'maplibre', test: /node_modules[\\/](maplibre-gl|@maplibre|@mapbox)/ }] },
      },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
