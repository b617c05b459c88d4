// Svelte's own settings: TypeScript in components, runes everywhere.
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  compilerOptions: {
    // Libraries (icons) may still be written without runes.
    runes: ({ filename }) => (filename.includes('node_modules') ? undefined : true),
  },
};
