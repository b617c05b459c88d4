// Styles for browsers before 2021, made from the ones we write: they know neither `:where()` nor a `gap` between flex
// items. What newer browsers show does not change by a pixel.
import postcss, { type Rule } from 'postcss';

/** Set on <html> by public/start.js where a flex box leaves no gap between its items. */
export const NO_GAPS = '.no-flex-gap';

/** As many marks as the deepest selector has parts of one component, so that all weigh the same. */
const DEEPEST = 3;
const MARK = /:where\((\.svelte-[\w-]+)\)|\.svelte-[\w-]+/g;
/** The middle of `clamp()` stands in for it. */
const CLAMP = /clamp\([^,()]+,\s*([^,()]+),[^,()]+\)/g;
/** What follows a picture without an element around it: a text in a row of its own. */
const PICTURES = ['svg', 'i', 'img'];

/** Rewrites one stylesheet, after Svelte has marked it and before it is made small. */
export function stylesForOldBrowsers(css: string): string {
  const sheet = postcss.parse(css);
  sheet.walkDecls(/^[^-]/, (decl) => {
    const plain = decl.value.replace(CLAMP, '$1');
    if (plain !== decl.value && !/var\(|(min|max|clamp)\(/.test(plain)) decl.cloneBefore({ value: plain });
  });
  const boxes = new Map<string, Box>();
  sheet.walkRules((rule) => {
    rule.selectors = rule.selectors.map(withoutWhere);
    const margins = marginsOf(rule, boxes);
    if (margins.length) rule.after(margins);
  });
  return sheet.toString();
}

/**
 * Svelte marks every part of a selector with its component's class, all but the first inside `:where()` so that they
 * weigh nothing. Here all are plain, and the first is repeated until every selector carries the same number of them:
 * who wins over whom stays as it was.
 */
export function withoutWhere(selector: string): string {
  const marks = selector.match(MARK)?.length ?? 0;
  if (!marks) return selector;
  if (marks > DEEPEST) throw new Error(`Too deep for old browsers, use a class: ${selector}`);
  let first = true;
  return selector.replace(MARK, (whole: string, inWhere?: string) => {
    const mark = inWhere ?? whole;
    const times = first ? 1 + DEEPEST - marks : 1;
    first = false;
    return mark.repeat(times);
  });
}

/** What decides about the gaps of a box. */
interface Box {
  display?: string;
  gap?: string;
  'flex-direction'?: string;
  'flex-wrap'?: string;
}

/** The margins that stand for the gap of a flex box; a later rule for the same box inherits what it does not say. */
function marginsOf(rule: Rule, boxes: Map<string, Box>): Rule[] {
  const said: Box = {};
  rule.each((node) => {
    if (node.type === 'decl' && /^(display|gap|flex-direction|flex-wrap)$/.test(node.prop))
      said[node.prop as keyof Box] = node.value;
  });
  if (!Object.keys(said).length) return [];
  const key = rule.selectors.join();
  const box = { ...boxes.get(key), ...said };
  // What holds on some glasses only is no ground to build on.
  if (rule.parent?.type === 'root') boxes.set(key, box);
  if (!box.gap || !/^(inline-)?flex$/.test(box.display ?? '')) return [];

  const [down, along = down] = postcss.list.space(box.gap) as [string, string?];
  const column = box['flex-direction']?.startsWith('column') ?? false;
  const margins = (part: string, values: Record<string, string>) =>
    postcss.rule({
      selectors: rule.selectors.map((one) => `${NO_GAPS} ${one} > ${part}`),
      nodes: Object.entries(values).map(([prop, value]) => postcss.decl({ prop, value })),
    });
  if (column) {
    // In a rule of its own a row has become a column: what stood between its items is taken back.
    const back: Record<string, string> = said.display ? {} : { 'margin-left': '0' };
    return [margins('* + *', { ...back, 'margin-top': down })];
  }
  // Rows that may break keep their distance behind and below, so that every line begins at the edge.
  if (box['flex-wrap'] === 'wrap')
    return [
      margins('*', { ...(said.display ? {} : { 'margin-left': '0' }), 'margin-bottom': down }),
      margins('*:not(:last-child)', { 'margin-right': along }),
    ];
  return [
    margins('* + *', { 'margin-left': along }),
    ...PICTURES.map((one) => margins(`${one}:only-child`, { 'margin-right': along })),
  ];
}
