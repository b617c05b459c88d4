// Every address means a page, no address breaks one, and each page brings all the words that its parts read.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { sectionsOf } from '../../scripts/generate-texts.mjs';
import { ROUTES } from '../apps/desk/routes';
import { pageOf } from './pages';

const at = (path: string) => pageOf(new URL(path, 'http://lobi.local'));

test('what stands in an address reaches the page', () => {
  expect(at('/t/7K3M-9QX2').props).toEqual({ code: '7K3M-9QX2' });
  expect(at('/t/a%20b').props).toEqual({ code: 'a b' });
  expect(at('/tv?poli=umum,%20gigi,').props).toEqual({ polis: ['umum', 'gigi'] });
  expect(at('/kiosk/').words).toContain('kiosk');
  expect(at('/nowhere').props).toEqual({ path: '/nowhere' });
});

test('an address that cannot be read is taken as it stands', () => {
  expect(at('/t/%E0%A4%A').props).toEqual({ code: '%E0%A4%A' });
  expect(at('/%E0%A4%A').props).toEqual({ path: '/%E0%A4%A' });
});

const SECTIONS = Object.keys(sectionsOf('id'));
/** Brought along by every page. */
const ALWAYS = ['common', 'client_errors', 'errors'];

/** Every file that a page brings along. */
function filesOf(start: string, found = new Set<string>()): Set<string> {
  if (found.has(start)) return found;
  found.add(start);
  const code = readFileSync(start, 'utf8');
  for (const [, path] of code.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
    const base = resolve(dirname(start), path!);
    const file = [base, `${base}.ts`, `${base}/index.ts`].find(
      (one) => existsSync(one) && statSync(one).isFile(),
    );
    if (file && /\.(ts|svelte)$/.test(file) && !/\/boot\/pages\.ts|\/desk\/routes\.ts/.test(file))
      filesOf(file, found);
  }
  return found;
}

function sectionsIn(code: string): string[] {
  const words = [...code.replace(/\/\*[^]*?\*\/|\/\/.*/g, '').matchAll(/['"`]([a-z_]+)\.[a-z_$]/g)].map(
    ([, section]) => section!,
  );
  return words.filter((section) => SECTIONS.includes(section));
}

/** Sections that a file asks for itself, for parts that come later: `language.need(['turns'])`. */
function askedIn(code: string): string[] {
  const lists = [...code.matchAll(/language\.need\(\[([^\]]*)\]\)/g)].map(([, list]) => list!);
  return lists.flatMap((list) => [...list.matchAll(/'([a-z_]+)'/g)].map(([, section]) => section!));
}

/** Sections that a screen's files read and nobody brings along. */
function unread(file: string, brought: readonly string[]): [string, string][] {
  const read = new Map<string, string>();
  const known = [...brought, ...ALWAYS];
  for (const one of filesOf(resolve('src', file))) {
    const code = readFileSync(one, 'utf8');
    known.push(...askedIn(code));
    for (const section of sectionsIn(code)) read.set(section, relative('src', one));
  }
  return [...read].filter(([section]) => !known.includes(section));
}
const fileOf = (load: () => unknown) => /apps\/[^'"]+\.svelte/.exec(load.toString())![0];

const PAGES = ['/', '/kiosk', '/tv', '/t/x', '/setup', '/buka', '/nowhere'].map(at);
test.each(PAGES.map((page) => [fileOf(page.load), page.words] as const))(
  '%s brings its words',
  (file, words) => expect(unread(file, words)).toEqual([]),
);

const desk = at('/counter');
test.each(ROUTES.map((route) => [fileOf(route.load), route.words] as const))(
  '%s of the desk brings its words',
  (file, words) => expect(unread(file, [...desk.words, ...words])).toEqual([]),
);

test('the frame of the desk brings its words', () => {
  expect(unread('apps/desk/Door.svelte', desk.words)).toEqual([]);
  expect(unread('apps/desk/Palette.svelte', desk.words)).toEqual([]);
});

test.each(ROUTES.map((route) => route.path.replace(/:\w+\??/, '3')))(
  '%s is an address of the desk',
  (path) => {
    expect(fileOf(at(path).load)).toBe('apps/desk/Desk.svelte');
  },
);
