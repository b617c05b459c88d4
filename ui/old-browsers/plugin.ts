// The part of the build that keeps old browsers: styles for them, words for those that are too old, and a judge that
// ends the build when something slipped in that they do not know.
import { readFileSync } from 'node:fs';
import type { Plugin, Rolldown } from 'vite';
import { sectionsOf } from '../scripts/generate-texts.mjs';
import { judgeCode } from './judge-code.ts';
import { judgeStyles } from './judge-styles.ts';
import { OLDEST_WORDS } from './oldest.ts';
import { stylesForOldBrowsers } from './styles.ts';

/** The pages that old televisions and phones show; the others are judged by their code alone. */
const SHOWN_BY_OLD = ['Tv', 'Phone'];
/** Named in the code and never reached by these pages, or asked for before it is called. */
const HARMLESS = [
  // Svelte's `$state.snapshot` of a date.
  'structuredClone',
  // tabbable, in dialogs, looks whether it is there.
  'checkVisibility',
];
export function oldBrowsers(): Plugin {
  return {
    name: 'lobi-old-browsers',
    enforce: 'pre',
    // Not as a PostCSS plugin of Vite: that would see components before Svelte has marked their selectors.
    transform: {
      filter: { id: /(^[^?]*|&lang)\.css$/ },
      handler: (css) => ({ code: stylesForOldBrowsers(css), map: null }),
    },
    transformIndexHtml: { order: 'pre', handler: withWords },
    generateBundle(_, bundle) {
      const start = readFileSync('public/start.js', 'utf8');
      const wrong = judged(bundle, new Set([...filledIn(start), ...HARMLESS]));
      if (wrong.length) this.error(`Not for ${OLDEST_WORDS}:\n  ${wrong.join('\n  ')}`);
    },
  };
}

/** `{{'browser.old_title'}}` in index.html becomes the words, `{{en:'browser.old_title'}}` the English ones. */
export function withWords(html: string): string {
  return html.replace(/\{\{(en:)?'([\w.]+)'\}\}/g, (_, english: string | undefined, key: string) => {
    const [section, name] = key.split('.') as [string, string];
    const words = sectionsOf(english ? 'en' : 'id')[section]?.[name];
    if (!words) throw new Error(`index.html: no text ${key}`);
    return words.replace('{browsers}', OLDEST_WORDS);
  });
}

/** What start.js puts in place where it is missing: each is named there once, in a list. */
export function filledIn(start: string): string[] {
  return [...start.matchAll(/^ {2}fill\(\w.*?, '([\w.]+)'/gm)].map(([, name]) => name!.split('.').pop()!);
}

function judged(bundle: Rolldown.OutputBundle, filled: ReadonlySet<string>): string[] {
  const files = Object.values(bundle);
  const chunks = files.filter((file) => file.type === 'chunk');
  const styles = new Set<string>();
  const collect = (chunk: Rolldown.OutputChunk) => {
    chunk.viteMetadata?.importedCss.forEach((file) => styles.add(file));
    for (const other of chunks) if (chunk.imports.includes(other.fileName)) collect(other);
  };
  chunks.filter((chunk) => chunk.isEntry || SHOWN_BY_OLD.includes(chunk.name)).forEach(collect);
  return files.flatMap((file) => {
    if (file.type === 'chunk') return judgeCode(file.code, filled).map((lack) => `${file.fileName}: ${lack}`);
    if (!styles.has(file.fileName)) return [];
    return judgeStyles(String(file.source)).map((lack) => `${file.fileName}: ${lack}`);
  });
}
