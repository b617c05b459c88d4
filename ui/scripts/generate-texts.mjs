// Writes src/words/keys.ts, the type of every text and its placeholders, from assets/texts/id.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HEAD = `// Made by scripts/generate-texts.mjs from assets/texts/id: \`npm run generate:texts\`. Not written by hand.

/** Every text that a screen can show: by section and key, with the names of its placeholders. */
export interface Texts {
`;
const HERE = dirname(fileURLToPath(import.meta.url));
export const FOLDER = join(HERE, '..', '..', 'assets', 'texts');

/** The sections that screens read, each with its texts; what lies in \`hub/\` never reaches a browser. */
export function sectionsOf(language, folder = FOLDER) {
  const files = readdirSync(join(folder, language)).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files
      .sort()
      .map((name) => [
        basename(name, '.json'),
        JSON.parse(readFileSync(join(folder, language, name), 'utf8')),
      ]),
  );
}

/** The text of keys.ts. */
export function keysOf(sections) {
  const lines = Object.entries(sections).map(([section, texts]) => {
    const keys = Object.entries(texts).map(([key, words]) => `    ${key}: ${holes(words)};`);
    return [`  ${section}: {`, ...keys, '  };'].join('\n');
  });
  return `${HEAD}${lines.join('\n')}\n}\n`;
}

function holes(words) {
  const names = [...new Set([...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => `'${name}'`))].sort();
  return names.join(' | ') || 'never';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(HERE, '..', 'src', 'words', 'keys.ts'), keysOf(sectionsOf('id')));
}
