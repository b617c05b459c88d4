// Every text has a reader: words nobody shows are words nobody keeps true.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sectionsOf } from '../../scripts/generate-texts.mjs';

/** Read by code, for words that the hub puts together. */
const BY_CODE = ['errors', 'client_errors', 'devices'];
/** Keys put together in code. */
const BUILT = [
  /^desk\.pause_/,
  /^counter\.upcoming_/,
  /^turns\.(turn|rule)_/,
  /^classes\.(rule|colour)_/,
  /^reception\.(is|at)_/,
  /^setup\.kind_/,
  /^settings\.(day_start_|device_|WI)/,
  /^printer\.(ascii|pc|wpc)/,
  /^desk\.role_/,
  /^staff\.which_/,
  /^first\./,
  /^services\.icon_/,
  /^keys\.scope_/,
  /^webhooks\.(event|fault)_/,
  /^screens\.(layout|theme)_/,
  /^reports\.(how_|daily|weekly|monthly|yearly)/,
  /^patients\.(is|deed|doubt)_/,
  // The fields of a record, as the hub names them.
  /^patients\.(born|tgl_lahir|jenis_kelamin|alamat|email|nik|no_bpjs|no_hp)$/,
  /^identify\.is_/,
  /^guard\.(username|password)$/,
  /_one$/,
];

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return /(\.svelte|(?<!\.test)\.ts)$/.test(entry.name) ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}

test('every text is used somewhere', () => {
  const code = sources(join(process.cwd(), 'src')) + readFileSync('index.html', 'utf8');
  const keys = Object.entries(sectionsOf('id'))
    .filter(([section]) => !BY_CODE.includes(section))
    .flatMap(([section, texts]) => Object.keys(texts).map((key) => `${section}.${key}`));
  const unused = keys.filter((key) => !BUILT.some((one) => one.test(key)) && !code.includes(`'${key}'`));
  expect(unused).toEqual([]);
});
