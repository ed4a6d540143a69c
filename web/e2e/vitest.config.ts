import { defineConfig } from 'vitest/config'

// Vitest puts its own value into BASE_URL before a test runs, so the server's address goes in under another name.
const env = { MUCHAN_BASE_URL: process.env.BASE_URL ?? '' }

// One browser at a time: the machines this runs on are small and draw the map in software.
export default defineConfig({
  cacheDir: '../node_modules/.vite-e2e',
  test: { root: import.meta.dirname, include: ['*.test.ts'], env, fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 },
})
