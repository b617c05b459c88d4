// Builds the one interface that the hub embeds and serves to every screen.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { OLDEST } from './old-browsers/oldest.ts';
import { oldBrowsers } from './old-browsers/plugin.ts';

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), oldBrowsers()],
  // In tests Svelte must resolve to its browser build, or components cannot be mounted.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: OLDEST,
    // The hub's content policy allows only files of its own origin, so nothing may become a data: address.
    assetsInlineLimit: 0,
  },
  server: {
    fs: { allow: ['..'] },
    proxy: {
      '/api': process.env.LOBI_HUB_URL ?? 'http://127.0.0.1:8080',
      '/ws': { target: process.env.LOBI_HUB_URL ?? 'http://127.0.0.1:8080', ws: true },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts', 'old-browsers/**/*.test.ts'],
    restoreMocks: true,
  },
}));
