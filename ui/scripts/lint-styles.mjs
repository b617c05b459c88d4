// Tokens are obeyed: no colour, corner, gap or size of type outside src/styles/tokens.css. Part of `npm run lint`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postcss from 'postcss';

const RULES = [
  { of: /./, wrong: /#[0-9a-f]{3,8}\b|\b(rgb|rgba|hsl|hsla|oklch)\(/i, say: 'a colour of its own' },
  // A drawing may be as round as it is; whole numbers of pixels are corners.
  { of: /^border-.*radius$/, wrong: /(?<![\w.*-])\d+(\.\d+)?px/, say: 'a corner of its own' },
  // What grows with the glass (clamp, vw, em, a screen's own unit) has no step to stand on.
  { of: /^font-size$/, wrong: /^\d+(\.\d+)?px$/, say: 'a size of type of its own' },
  { of: /^(row-|column-)?gap$/, wrong: /^(?!.*\b(calc|clamp)\().*\b[1-9]\d*px/, say: 'a gap of its own' },
];

/** What is wrong in a stylesheet, one line each. */
export function wrongIn(css, name, before = 0) {
  const found = [];
  postcss.parse(css).walkDecls((decl) => {
    if (decl.prop.startsWith('--')) {
      if (RULES[0].wrong.test(decl.value)) found.push(line(decl, RULES[0]));
      return;
    }
    for (const rule of RULES)
      if (rule.of.test(decl.prop) && rule.wrong.test(decl.value)) found.push(line(decl, rule));
  });
  return found;

  function line(decl, rule) {
    return `${name}:${before + decl.source.start.line}: ${decl.prop}: ${decl.value} is ${rule.say}`;
  }
}

/** The styles of a file: all of a stylesheet, the style block of a component. */
export function stylesOf(code, name) {
  if (name.endsWith('.css')) return { css: code, before: 0 };
  const found = /<style[^>]*>([^]*)<\/style>/.exec(code);
  if (!found) return null;
  return { css: found[1], before: code.slice(0, found.index).split('\n').length - 1 };
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.(svelte|css)$/.test(entry.name) && entry.name !== 'tokens.css' ? [path] : [];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = files('src').flatMap((path) => {
    const styles = stylesOf(readFileSync(path, 'utf8'), path);
    return styles ? wrongIn(styles.css, path, styles.before) : [];
  });
  if (wrong.length) {
    console.error(`Outside src/styles/tokens.css:\n  ${wrong.join('\n  ')}`);
    process.exit(1);
  }
}
