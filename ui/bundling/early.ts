// A slow phone asks for the files of its page at once, not after the first of them has said which they are.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { filesOf, sharedFiles, type Budget } from './budgets.ts';

/** The pages that visitors and devices open first: the beginning of their address, and the budget that names their files. */
export type Early = readonly { path: string; page: Pick<Budget, 'file' | 'words'> }[];

/** Appends to start.js, which every page runs first, what each of the pages will need. */
export function early(pages: Early): Plugin {
  let folder = 'dist';
  let code = '';
  return {
    name: 'lobi-early',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    generateBundle(_, bundle) {
      code = earlyCode(bundle, pages);
    },
    closeBundle: () => appendFileSync(join(folder, 'start.js'), code),
  };
}

export function earlyCode(bundle: Rolldown.OutputBundle, pages: Early): string {
  const shared = sharedFiles(bundle);
  const rows = pages.map(({ path, page }) => [
    path,
    [...filesOf(bundle, page)].filter((file) => !shared.has(file)),
  ]);
  // The oldest words there are, as in the rest of start.js; a browser that knows no such hints passes them over.
  return `
(function (pages) {
  pages.forEach(function (page) {
    if (location.pathname.indexOf(page[0]) !== 0) return;
    page[1].forEach(function (file) {
      var link = document.createElement('link');
      var style = /css$/.test(file);
      link.rel = style ? 'preload' : 'modulepreload';
      if (style) link.as = 'style';
      link.crossOrigin = '';
      link.href = '/' + file;
      document.head.appendChild(link);
    });
  });
})(${JSON.stringify(rows)});
`;
}
