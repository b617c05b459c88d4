// @vitest-environment node
// What Chromium 68 can read, told from what ends in a blank page.
import { describe, expect, test } from 'vitest';
import { judgeCode } from './judge-code.ts';

const none = new Set<string>();

describe('code for Chromium 68', () => {
  test.each([
    ['a?.b', '?.'],
    ['a ?? b', '??'],
    ['f(10n)', 'bigint'],
    ['export * as a from "./a.js"', 'export * as'],
    ['/(?<=a)b/.test(c)', '(?<='],
    ['[1].at(-1)', 'at'],
    ['a.flatMap(f)', 'flatMap'],
    ['"a".replaceAll("b", "c")', 'replaceAll'],
    ['Object.fromEntries(a)', 'fromEntries'],
    ['Promise.allSettled(a)', 'allSettled'],
    ['queueMicrotask(f)', 'queueMicrotask'],
    ['globalThis.a = 1', 'globalThis'],
    ['new WeakRef(a)', 'WeakRef'],
    ['a.replaceChildren()', 'replaceChildren'],
  ])('%s is too new', (code, what) => {
    expect(judgeCode(code, none)).toEqual([what]);
    expect(judgeCode(code, new Set([what]))).toEqual([]);
  });

  test.each(['class A { #b = 1 }', 'a ||= b', 'await a; export {}'])('%s cannot even be read', (code) => {
    expect(() => judgeCode(code, none)).toThrow(SyntaxError);
  });

  test.each([
    'async () => { for await (const a of b) c({ ...a }) }',
    'import("./a.js").then(a, b).finally(c)',
    'try { a() } catch { b() }',
    '[1].includes(2), Object.entries(a), "a".padStart(2)',
    'typeof structuredClone',
    'a.globalThis',
    'CSS.escape(a)',
    'new AbortController().abort()',
  ])('%s is known', (code) => {
    expect(judgeCode(code, none)).toEqual([]);
  });
});
