// Builds the one interface that the hub embeds and serves to every screen.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  plugins: [svelte()],
  // In tests Svelte must resolve to its browser build, or components cannot be mounted.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Old smart TVs and clinic PCs: nothing newer than what a 2021 browser understands.
    target: ['chrome87', 'firefox91', 'safari14'],
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
    include: ['src/**/*.test.ts'],
    restoreMocks: true,
  },
}));
