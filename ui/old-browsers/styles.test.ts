// @vitest-environment node
// The same look without `:where()` and without gaps between flex items.
import { describe, expect, test } from 'vitest';
import { stylesForOldBrowsers, withoutWhere } from './styles.ts';

const tight = (css: string) => stylesForOldBrowsers(css).replace(/\s+/g, '');
const weight = (selector: string) => selector.match(/\.svelte-a/g)?.length;

describe('marks of a component', () => {
  test('all selectors of a component weigh the same, as they did', () => {
    const selectors = [
      'p.svelte-a',
      '.b.svelte-a p:where(.svelte-a)',
      '.b.svelte-a p:where(.svelte-a) i:where(.svelte-a)',
    ];
    const plain = selectors.map(withoutWhere);
    expect(new Set(plain.map(weight)).size).toBe(1);
    expect(plain.join()).not.toContain(':where');
    expect(plain[1]).toMatch(/^\.b(\.svelte-a)+ p\.svelte-a$/);
  });

  test.each(['.menu', ':root[data-contrast="high"]', 'from'])(
    '%s, of no component, stays as it is',
    (selector) => {
      expect(withoutWhere(selector)).toBe(selector);
    },
  );

  test('a selector too deep to weigh the same is refused', () => {
    const deep = `.a.svelte-a${' i:where(.svelte-a)'.repeat(6)}`;
    expect(() => withoutWhere(deep)).toThrow(deep);
  });
});

describe('gaps', () => {
  test('a row gets margins between its items, and behind a picture that only text follows', () => {
    const css = tight('p { display: flex; gap: 8px }');
    expect(css).toContain('.no-flex-gapp>*+*{margin-left:8px}');
    expect(css).toContain('.no-flex-gapp>svg:only-child{margin-right:8px}');
  });

  test('a column gets them above', () => {
    expect(tight('p { display: flex; flex-direction: column; gap: 8px 4px }')).toContain(
      '>*+*{margin-top:8px}',
    );
  });

  test('a row that becomes a column elsewhere takes the first back', () => {
    const css = tight('p { display: flex; gap: 8px } @media print { p { flex-direction: column } }');
    expect(css).toContain(
      '@mediaprint{p{flex-direction:column}.no-flex-gapp>*+*{margin-left:0;margin-top:8px}}',
    );
  });

  test('lines that may break begin at the edge', () => {
    const css = tight('p { display: flex; flex-wrap: wrap; gap: 8px 4px }');
    expect(css).toContain('>*:not(:last-child){margin-right:4px}');
    expect(css).not.toContain('margin-left');
  });

  test.each(['p { display: grid; gap: 8px }', 'p { display: flex }', 'p { gap: 8px }'])(
    '%s needs none',
    (css) => {
      expect(stylesForOldBrowsers(css)).toBe(css);
    },
  );
});

describe('clamp', () => {
  test('its middle stands in for it', () => {
    expect(tight('p { padding: clamp(1px, 2vw, 3px) 4px }')).toBe(
      'p{padding:2vw4px;padding:clamp(1px,2vw,3px)4px}',
    );
  });

  test.each(['p { padding: clamp(1px, var(--u), 3px) }', 'p { padding: clamp(1px, min(1vw, 1vh), 3px) }'])(
    '%s has no middle that old browsers know',
    (css) => expect(stylesForOldBrowsers(css)).toBe(css),
  );
});
