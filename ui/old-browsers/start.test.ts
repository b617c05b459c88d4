// The script before the app: it must itself be readable by anything, and speak where the app stays away.
import { parse } from 'acorn';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { filledIn, withWords } from './plugin.ts';

const START = readFileSync('public/start.js', 'utf8');
const BODY = /<body>[^]*<\/body>/.exec(withWords(readFileSync('index.html', 'utf8')))![0];

beforeEach(() => {
  vi.useFakeTimers();
  document.documentElement.className = '';
  document.body.innerHTML = BODY.replace(/<script.*<\/script>/, '');
  return () => vi.useRealTimers();
});

/** Runs it with a page of its own; events reach it through what it returns. */
function start(able: { modules?: boolean; gridGap?: boolean } = {}) {
  const heard: Record<string, (event: object) => void> = {};
  const page = {
    CSS: { supports: () => able.gridGap ?? true },
    addEventListener: (name: string, hear: (event: object) => void) => void (heard[name] = hear),
  };
  const create = document.createElement.bind(document);
  vi.spyOn(document, 'createElement').mockImplementation((name: string) =>
    name === 'script' ? (((able.modules ?? true) ? { noModule: false } : {}) as HTMLElement) : create(name),
  );
  new Function('window', 'document', START.replace('(window,', '(window,'))(page, document);
  return heard;
}
/** Which of the sentences stand on the page. */
const shown = () =>
  [...document.querySelectorAll('body > .cannot[role=alert] h1')].map((one) =>
    /terlalu tua/.test(one.textContent!) ? 'old' : 'stuck',
  );

describe('start.js', () => {
  test('is ES5, and fills in what the judge of the build leaves to it', () => {
    expect(() => parse(START, { ecmaVersion: 5 })).not.toThrow();
    expect(filledIn(START)).toEqual(
      expect.arrayContaining(['flatMap', 'queueMicrotask', 'globalThis', 'at']),
    );
  });

  test('says nothing where the app can start', () => {
    start();
    expect(shown()).toEqual([]);
  });

  test.each([
    ['modules', { modules: false }],
    ['gaps between the cells of a grid', { gridGap: false }],
  ])('without %s it says that the browser is too old, and what to do', (_, able) => {
    start(able);
    expect(shown()).toEqual(['old']);
    expect(document.querySelector('.cannot')!.textContent).toMatch(/terlalu tua.*Perbarui.*Chrome 68/s);
  });

  test('a file that did not arrive is no sign of age: the page tries again', () => {
    start().error!({ target: { tagName: 'SCRIPT' } });
    expect(shown()).toEqual(['stuck']);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('an app that fails on its way is spoken for', () => {
    document.getElementById('app')!.innerHTML = '<div class="opening"></div>';
    start().unhandledrejection!({ reason: new SyntaxError('?.') });
    expect(shown()).toEqual(['stuck']);
  });

  test('what fails once the app runs is not its business', () => {
    document.documentElement.setAttribute('data-running', '');
    const heard = start();
    heard.error!({ target: window });
    heard.unhandledrejection!({});
    expect(shown()).toEqual([]);
    document.documentElement.removeAttribute('data-running');
  });

  test('one sentence is enough', () => {
    const heard = start({ modules: false });
    heard.error!({ target: { tagName: 'LINK' } });
    expect(shown()).toEqual(['old']);
  });
});

describe('words of index.html', () => {
  test('a key without a text ends the build', () => {
    expect(() => withWords("{{'browser.nothing'}}")).toThrow('browser.nothing');
  });
});
