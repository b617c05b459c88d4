// @vitest-environment node
// What Chromium 68 would leave out of a stylesheet, told from what it knows or can do without.
import { describe, expect, test } from 'vitest';
import { judgeStyles } from './judge-styles.ts';

describe('styles for Chromium 68', () => {
  test.each([
    ['a{inset:0}', 'inset'],
    ['a{aspect-ratio:1}', 'aspect-ratio'],
    ['a:where(.b){color:red}', ':where'],
    ['a:is(b,c){color:red}', ':is'],
    ['a:not(b,c){color:red}', ':not() with a list'],
    ['@layer a{b{color:red}}', '@layer'],
    ['a{width:min(1px,2vw)}', 'min()'],
    ['a{--u:min(1vw,1vh)}', 'min()'],
    ['a{width:9px;width:max(9px,var(--u))}', 'max()'],
    ['a{color:oklch(0.5 0.1 20)}', 'oklch()'],
    ['a{display:flex;gap:1px}', 'gap of the flex box a'],
  ])('%s is too new', (css, what) => {
    expect(judgeStyles(css)).toEqual([what]);
  });

  test.each([
    'a{display:grid;gap:1px}',
    'a{display:flex;gap:1px}.no-flex-gap a>*+*{margin-left:1px}',
    'a{width:2vw;width:clamp(1px,2vw,3px)}',
    'a{--u:calc(100vw / 192);color:rgb(1 2 3/4%)}',
    'a:focus-visible{outline:none}h1{text-wrap:balance}',
    '@media (min-aspect-ratio:16/9){a{position:sticky}}',
  ])('%s is known, stood in for, or not missed', (css) => {
    expect(judgeStyles(css)).toEqual([]);
  });
});
