// What the build leaves beside its files, and how it counts what a page carries.
// @vitest-environment node
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Rolldown } from 'vite';
import { weigh } from './budgets.ts';
import { earlyCode } from './early.ts';
import { compressFolder } from './compress.ts';

test('what gets smaller lies there twice more, and says the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lobi-compress-'));
  const words = 'nomor antrean '.repeat(200);
  writeFileSync(join(folder, 'page.js'), words);
  writeFileSync(join(folder, 'tiny.js'), 'x');
  writeFileSync(join(folder, 'font.woff2'), words);
  compressFolder(folder);
  expect(readdirSync(folder).sort()).toEqual([
    'font.woff2',
    'page.js',
    'page.js.br',
    'page.js.gz',
    'tiny.js',
  ]);
  expect(brotliDecompressSync(readFileSync(join(folder, 'page.js.br'))).toString()).toBe(words);
  expect(gunzipSync(readFileSync(join(folder, 'page.js.gz'))).toString()).toBe(words);
  rmSync(folder, { recursive: true });
});

test('a page weighs what it brings, its words and its styles, and nothing twice', () => {
  const chunk = (
    fileName: string,
    code: string,
    facadeModuleId: string,
    imports: string[] = [],
    css: string[] = [],
  ) => ({
    type: 'chunk',
    fileName,
    code,
    facadeModuleId,
    imports,
    isEntry: fileName === 'main.js',
    viteMetadata: { importedCss: new Set(css) },
  });
  const bundle = {
    a: chunk('main.js', 'main', '/main.ts'),
    b: chunk('desk.js', 'desk', '/apps/Desk.svelte', ['main.js', 'kit.js'], ['desk.css']),
    c: chunk('list.js', 'list', '/apps/List.svelte', ['kit.js']),
    d: chunk('kit.js', 'kit', ''),
    e: chunk('desk-id.js', 'kata', '/texts/id/desk.json'),
    f: chunk('desk-en.js', 'words', '/texts/en/desk.json'),
    g: { type: 'asset', fileName: 'desk.css', source: 'p{}' },
  } as unknown as Rolldown.OutputBundle;
  const size = (...parts: string[]) => parts.reduce((sum, part) => sum + gzipSync(part).length, 0);
  const desk = { name: 'desk', file: 'Desk.svelte', words: ['desk'], most: 1 };
  const list = { name: 'list', file: 'List.svelte', words: [], most: 1, after: 'desk' };
  expect(weigh(bundle, [desk, list]).map((one) => one.bytes)).toEqual([
    size('main', 'desk', 'kit', 'kata', 'p{}'),
    size('list'),
  ]);
});

test('a page names early what it alone brings, not what every page has', () => {
  const chunk = (fileName: string, facadeModuleId: string, imports: string[] = [], css: string[] = []) => ({
    type: 'chunk',
    fileName,
    code: fileName,
    facadeModuleId,
    imports,
    isEntry: fileName === 'main.js',
    viteMetadata: { importedCss: new Set(css) },
  });
  const bundle = {
    a: chunk('main.js', '/main.ts', ['words.js'], ['main.css']),
    b: chunk('words.js', ''),
    c: chunk('phone.js', '/apps/Phone.svelte', ['words.js', 'icon.js'], ['phone.css']),
    d: chunk('icon.js', ''),
    e: chunk('phone-id.js', '/texts/id/phone.json'),
  } as unknown as Rolldown.OutputBundle;
  const code = earlyCode(bundle, [{ path: '/t/', page: { file: 'Phone.svelte', words: ['phone'] } }]);
  const pages = JSON.parse(/\}\)\((\[.*\])\);/.exec(code)![1]!) as [string, string[]][];
  expect(pages).toEqual([
    ['/t/', expect.arrayContaining(['phone.js', 'icon.js', 'phone.css', 'phone-id.js'])],
  ]);
  expect(pages[0]![1]).toHaveLength(4);
});
