// How much a first visit to each page carries; a page that outgrows its budget ends the build.
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk;

export interface Budget {
  name: string;
  /** The page's own file, or files where a frame comes first. */
  file: string | readonly string[];
  /** The sections of words it reads. */
  words: readonly string[];
  /** In kilobytes, compressed; words of one language, without the font, which every page shares. */
  most: number;
  /** Only what comes on top of this other page. */
  after?: string;
}

export interface Weight extends Budget {
  bytes: number;
}

/** The weights of all pages, as `name … 51.2 of 60 KB`. */
export function budgets(list: readonly Budget[]): Plugin {
  return {
    name: 'lobi-budgets',
    apply: 'build',
    generateBundle(_, bundle) {
      const weights = weigh(bundle, list);
      const lines = weights.map(({ name, bytes, most, after }) => {
        const what = after ? `${name}, after ${after}` : name;
        return `  ${what.padEnd(34)} ${(bytes / 1024).toFixed(1).padStart(6)} of ${most} KB`;
      });
      console.log(`\nFirst visit, gz:\n${lines.join('\n')}\n`);
      const over = weights.filter(({ bytes, most }) => bytes > most * 1024).map(({ name }) => name);
      if (over.length) this.error(`Over budget: ${over.join(', ')}`);
    },
  };
}

export function weigh(bundle: Bundle, list: readonly Budget[]): Weight[] {
  const files = Object.values(bundle);
  const sizes = new Map(
    files.map((one) => [one.fileName, gzipSync(one.type === 'chunk' ? one.code : one.source).length]),
  );
  const carried = (budget: Budget): Set<string> => new Set(['index.html', ...filesOf(bundle, budget)]);
  return list.map((budget) => {
    const before = list.find((one) => one.name === budget.after);
    const already = before ? carried(before) : new Set<string>();
    const bytes = [...carried(budget)]
      .filter((file) => !already.has(file))
      .reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
    return { ...budget, bytes };
  });
}

/** Every file of a first visit but the document itself, what all pages share first. */
export function filesOf(bundle: Bundle, { file, words }: Pick<Budget, 'file' | 'words'>): Set<string> {
  const chunks = chunksOf(bundle);
  const found = new Set<string>();
  const own = [file].flat().map((wanted) => {
    const chunk = chunks.find((one) => one.facadeModuleId?.endsWith(wanted));
    if (!chunk) throw new Error(`${wanted} is no page of its own`);
    return chunk;
  });
  const texts = chunks.filter((one) =>
    words.some((section) => one.facadeModuleId?.endsWith(`/texts/id/${section}.json`)),
  );
  for (const one of [entryOf(bundle), ...own, ...texts]) collect(one, chunks, found);
  return found;
}

/** What index.html itself asks for. */
export function sharedFiles(bundle: Bundle): Set<string> {
  const found = new Set<string>();
  collect(entryOf(bundle), chunksOf(bundle), found);
  return found;
}

function chunksOf(bundle: Bundle): Chunk[] {
  return Object.values(bundle).filter((one) => one.type === 'chunk');
}

function entryOf(bundle: Bundle): Chunk {
  return chunksOf(bundle).find((one) => one.isEntry)!;
}

function collect(chunk: Chunk, chunks: Chunk[], found: Set<string>): void {
  if (found.has(chunk.fileName)) return;
  found.add(chunk.fileName);
  chunk.viteMetadata?.importedCss.forEach((file) => found.add(file));
  for (const name of chunk.imports) {
    const next = chunks.find((one) => one.fileName === name);
    if (next) collect(next, chunks, found);
  }
}
