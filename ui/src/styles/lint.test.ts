// The lint of styles sees what it is there for, and leaves alone what has no token.
// @vitest-environment node
import { expect, test } from 'vitest';
import { stylesOf, wrongIn } from '../../scripts/lint-styles.mjs';

test.each([
  ['color: #fff', 'a colour'],
  ['border: 1px solid rgb(0 0 0 / 20%)', 'a colour'],
  ['--own: #123456', 'a colour'],
  ['border-radius: 12px', 'a corner'],
  ['border-radius: 0 12px 0 0', 'a corner'],
  ['font-size: 18px', 'a size of type'],
  ['gap: 8px 10px', 'a gap'],
])('%s is %s of its own', (css, what) => {
  expect(wrongIn(`p { ${css} }`, 'a.css')).toEqual([expect.stringContaining(`is ${what}`)]);
});

test.each([
  'color: var(--ink)',
  'border-radius: 50%',
  'border-radius: calc(var(--u) * 3)',
  'font-size: clamp(17px, 1.6vw, 24px)',
  'font-size: 1.4em',
  'gap: 0 var(--space-2)',
  'gap: clamp(28px, 5vh, 56px)',
  'margin-top: 7px',
])('%s may be', (css) => expect(wrongIn(`p { ${css} }`, 'a.css')).toEqual([]));

test('a component is told by its own line', () => {
  const code = '<p>x</p>\n\n<style>\n  p {\n    color: red;\n    gap: 3px;\n  }\n</style>';
  const { css, before } = stylesOf(code, 'a.svelte')!;
  expect(wrongIn(css, 'a.svelte', before)).toEqual(['a.svelte:6: gap: 3px is a gap of its own']);
});
