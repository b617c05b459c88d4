// Builds the one interface that the hub embeds and serves to every screen.
import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { budgets } from './bundling/budgets.ts';
import { early } from './bundling/early.ts';
import { compress } from './bundling/compress.ts';
import { BUDGETS, EARLY } from './bundling/pages.ts';
import { OLDEST } from './old-browsers/oldest.ts';
import { oldBrowsers } from './old-browsers/plugin.ts';

/** Lobi's version, written down once for hub, desktop program and pages. */
const VERSION = /^version = "(.+)"/m.exec(readFileSync('../Cargo.toml', 'utf8'))?.[1];
if (!VERSION) throw new Error('../Cargo.toml: no version');

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), oldBrowsers(), budgets(BUDGETS), early(EARLY), compress()],
  define: { __LOBI_VERSION__: JSON.stringify(VERSION) },
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
    include: ['src/**/*.test.ts', '{old-browsers,bundling}/**/*.test.ts'],
    setupFiles: ['src/words/load-all.ts'],
    restoreMocks: true,
  },
}));
