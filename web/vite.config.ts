import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import type { HtmlTagDescriptor, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// The Go server or the mock that answers /api and /tiles while the page is being worked on.
const backend = process.env.MUCHAN_BACKEND ?? 'http://127.0.0.1:8080'

/** What main.ts reads at once. */
const first = ['src/page.ts', 'src/map/board.ts', 'src/views/MapPane.vue']

/** readAhead names it in index.html, the largest first, so that the browser fetches it beside main.ts and not after it. */
const readAhead: Plugin = {
  name: 'read-ahead',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }): HtmlTagDescriptor[] {
      const chunks = Object.values(bundle).filter((c) => c.type === 'chunk')
      const found = new Set(chunks.filter((c) => first.some((name) => c.facadeModuleId?.endsWith(name))))
      for (const c of found) chunks.filter((d) => c.imports.includes(d.fileName)).forEach((d) => found.add(d))
      const needed = [...found].filter((c) => !c.isEntry).sort((a, b) => b.code.length - a.code.length)
      const styles = new Set(needed.flatMap((c) => [...(c.viteMetadata?.importedCss ?? [])]))
      const link = (rel: string) => (file: string): HtmlTagDescriptor => ({ tag: 'link', attrs: { rel, crossorigin: true, href: `/${file}` }, injectTo: 'head' })
      return [...[...styles].map(link('stylesheet')), ...needed.map((c) => link('modulepreload')(c.fileName))]
    },
  },
}

export default defineConfig({
  plugins: [vue(), readAhead],
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
        codeSplitting: { groups: [{ name: 'maplibre', test: /node_modules[\\/](maplibre-gl|@maplibre|@mapbox).*(?<!\.css)$/ }] },
      },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
