// Lint rules; layout is prettier's business.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/', 'src/api/schema.d.ts', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  {
    rules: {
      // TypeScript already knows which names exist.
      'no-undef': 'off',
      // Pages are separate documents here: a link is a plain link, there is no SvelteKit router.
      'svelte/no-navigation-without-resolve': 'off',
      // Private maps and sets of the state classes are bookkeeping that no screen shows.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    // The machine has one door: the network, storage and sound are reached only through the host.
    files: ['src/**/*.{ts,svelte}'],
    ignores: ['src/host/**', 'src/**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'Use the api client; the host carries all traffic.' },
        { name: 'WebSocket', message: 'Use api/live; the host carries all traffic.' },
        { name: 'localStorage', message: 'Use host.remember.' },
        { name: 'sessionStorage', message: 'Use host.remember.' },
        { name: 'navigator', message: 'Ask the host.' },
      ],
    },
  },
);
