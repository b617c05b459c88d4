// Judges built JavaScript: would Chromium 68 read it, and does it know everything that is called there?
import { parse, type AnyNode } from 'acorn';
import { ripe, tables, type Entries } from './ripe.ts';

/** Whose methods are looked at; those of rarer things share their names with our own. */
const BUILT_IN = ['Array', 'Object', 'Promise', 'RegExp', 'String', 'Number', 'Math', 'TypedArray'];
const OF_PAGES = [
  'Document',
  'Element',
  'HTMLElement',
  'Node',
  'AbortController',
  'AbortSignal',
  'Blob',
  'Response',
  'Window',
  'CSS',
];
/** Names without a dot before them that came later; what is only asked for with `typeof` does no harm. */
const LATE_NAMES = lateNames();
const LATE_METHODS = lateMethods();

/** Everything in `code` that Chromium 68 cannot do, except what `filled` puts in place before. */
export function judgeCode(code: string, filled: ReadonlySet<string>): string[] {
  const missing = new Set<string>();
  const lacks = (what: string) => {
    if (!filled.has(what)) missing.add(what);
  };
  // `import()` and `import.meta` are there since 63 and 64, but belong to ES2020, whose other news are looked for below.
  const program = parse(code, { ecmaVersion: 2020, sourceType: 'module' });
  visit(program, null, (node, parent) => {
    if (node.type === 'ChainExpression') lacks('?.');
    if (node.type === 'LogicalExpression' && node.operator === '??') lacks('??');
    if (node.type === 'ExportAllDeclaration' && node.exported) lacks('export * as');
    if (node.type === 'Literal' && node.bigint) lacks('bigint');
    // Safari learnt to look behind in 2023; until then the whole file is an error to it.
    if (node.type === 'Literal' && node.regex && /\(\?<[=!]/.test(node.regex.pattern)) lacks('(?<=');
    if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && !node.callee.computed) {
      const { property } = node.callee;
      if (property.type === 'Identifier' && LATE_METHODS.has(property.name)) lacks(property.name);
    }
    if (node.type === 'Identifier' && LATE_NAMES.has(node.name) && isUsed(node, parent)) lacks(node.name);
  });
  return [...missing].sort();
}

/** Whether an identifier is read as a name of the page, not as a property, a key or behind `typeof`. */
function isUsed(node: AnyNode, parent: AnyNode | null): boolean {
  if (parent?.type === 'MemberExpression') return parent.object === node || parent.computed;
  if (parent?.type === 'Property') return parent.value === node;
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition')
    return parent.value === node;
  return !(parent?.type === 'UnaryExpression' && parent.operator === 'typeof');
}

function visit(
  node: AnyNode,
  parent: AnyNode | null,
  see: (node: AnyNode, parent: AnyNode | null) => void,
): void {
  see(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof (child as AnyNode).type === 'string') visit(child as AnyNode, node, see);
    }
  }
}

/** Methods by name; a name that something else carries since long tells nothing. */
function lateMethods(): Set<string> {
  const late = new Set<string>();
  const early = new Set<string>();
  const look = (all: object, owners: string[]) => {
    for (const owner of owners) {
      for (const [member, { __compat: compat }] of Object.entries(
        (all as Record<string, Entries>)[owner] ?? {},
      )) {
        if (compat) (ripe(compat) ? early : late).add(member.replace(/_static$/, ''));
      }
    }
  };
  look(tables.javascript.builtins ?? {}, BUILT_IN);
  look(tables.api, OF_PAGES);
  for (const name of early) late.delete(name);
  return late;
}

function lateNames(): Set<string> {
  const all = { ...tables.javascript.builtins, ...tables.api } as unknown as Entries;
  const late = Object.keys(all).filter((name) => all[name]!.__compat && !ripe(all[name]!.__compat!));
  return new Set([...late, 'queueMicrotask', 'structuredClone', 'reportError', 'globalThis']);
}
