// Judges built CSS: what Chromium 68 would not understand of it, and would miss.
import postcss, { type Declaration } from 'postcss';
import { ripe, tables, type Entries } from './ripe.ts';
import { NO_GAPS } from './styles.ts';

const properties = tables.css.properties as unknown as Entries;
const selectors = tables.css.selectors as unknown as Entries;
const atRules = tables.css['at-rules'] as unknown as Entries;
const functions = {
  ...(tables.css.types as unknown as Entries),
  ...(tables.css.types!.color as unknown as Entries),
};

/** What may be missing: without it the page looks a little plainer, and all of it is there. */
const FINERY = new Set([
  // Lines break where they do.
  'text-wrap',
  // Boxes and sliders have the colour of the browser.
  'accent-color',
  // The browser draws its own ring around what has the focus.
  ':focus-visible',
  // Its corners are square.
  'outline',
  // What gets the focus may lie below a bar until the page is scrolled.
  'scroll-padding-bottom',
]);

/** Everything in a stylesheet that Chromium 68 lacks and that nothing stands in for. */
export function judgeStyles(css: string): string[] {
  const missing = new Set<string>();
  const lacks = (what: string) => {
    if (!FINERY.has(what)) missing.add(what);
  };
  const flex = new Set<string>();
  const gaps = new Set<string>();
  const spaced = new Set<string>();
  const sheet = postcss.parse(css);
  sheet.walkAtRules((rule) => {
    if (unripe(atRules, rule.name)) lacks(`@${rule.name}`);
  });
  sheet.walkRules((rule) => {
    for (const selector of rule.selectors) {
      for (const [, name] of selector.matchAll(/:([a-z][a-z-]*)/g))
        if (unripe(selectors, name!)) lacks(`:${name}`);
      if (/:not\([^()]*,/.test(selector)) lacks(':not() with a list');
      const box = new RegExp(`^\\${NO_GAPS} (.+?) ?>`).exec(selector)?.[1];
      if (box) spaced.add(box);
    }
  });
  sheet.walkDecls((decl) => {
    if (/^-/.test(decl.prop)) {
      // A variable reaches its place unread.
      for (const name of unripeFunctions(decl)) lacks(`${name}()`);
      return;
    }
    if (unripe(properties, decl.prop)) lacks(decl.prop);
    if (!hasStandIn(decl)) for (const name of unripeFunctions(decl)) lacks(`${name}()`);
    const boxes = decl.parent?.type === 'rule' ? (decl.parent as postcss.Rule).selectors : [];
    if (decl.prop === 'display' && decl.value.endsWith('flex')) boxes.forEach((box) => flex.add(box));
    if (/^(gap|row-gap|column-gap)$/.test(decl.prop)) boxes.forEach((box) => gaps.add(box));
  });
  for (const box of gaps) if (flex.has(box) && !spaced.has(box)) lacks(`gap of the flex box ${box}`);
  return [...missing].sort();
}

function unripe(entries: Entries, name: string): boolean {
  const compat = entries[name]?.__compat;
  return compat !== undefined && !ripe(compat);
}

function unripeFunctions({ value }: Declaration): string[] {
  return [...value.matchAll(/([a-z][a-z-]*)\(/g)]
    .map(([, name]) => name!)
    .filter((name) => unripe(functions, name));
}

/** An earlier declaration of the same rule stands in, but not for `var()`: that is found wrong only when it is too late. */
function hasStandIn(decl: Declaration): boolean {
  if (decl.value.includes('var(')) return false;
  const first = decl.parent?.nodes?.find((one) => one.type === 'decl' && one.prop === decl.prop);
  return first !== decl && unripeFunctions(first as Declaration).length === 0;
}
