// Writes src/live/live-events.ts, the types of live events, from the hub's AsyncAPI document (src/api/asyncapi.json).
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HEAD = `// Made by scripts/generate-live.mjs from asyncapi.json: \`npm run generate:api\`. Not written by hand.
import type { components } from '../api/schema';

type Schemas = components['schemas'];
`;

/** The text of live-events.ts: the same for the same document, in whatever order it is written down. */
export function liveEvents(document) {
  const messages = document?.components?.messages ?? {};
  const kinds = Object.keys(messages)
    .sort()
    .map((kind) => read(kind, messages[kind]));
  if (!kinds.length) throw new Error('asyncapi.json: components.messages has no kind of event');
  return [
    HEAD,
    ...kinds.map(declared),
    '/** Has a number, and is replayed to whoever missed it. */',
    union('KeptEvent', kinds.filter((one) => one.kept).map(nameOf)),
    '/** True only now: has no number, and is not replayed. */',
    union('PassingEvent', kinds.filter((one) => !one.kept).map(nameOf)),
    '/** Whatever the hub tells on the live feed, apart from a Snapshot of a channel. */',
    'export type HubEvent = KeptEvent | PassingEvent;\n',
    '/** Every kind of event that these types know. */',
    list('KINDS', kinds, "HubEvent['type']"),
  ].join('\n');
}

function read(kind, message) {
  const where = `asyncapi.json: components.messages.${kind}.payload.properties`;
  const properties = message?.payload?.properties;
  if (properties?.type?.const !== kind) throw new Error(`${where}.type must be the constant "${kind}"`);
  if (!/^[A-Za-z]\w*$/.test(kind)) throw new Error(`${where}: "${kind}" cannot be the name of a type`);
  const schema = /^#\/components\/schemas\/([\w.-]+)$/.exec(properties.data?.$ref ?? '')?.[1];
  if (!schema) throw new Error(`${where}.data must refer to one of components.schemas`);
  return { kind, schema, kept: 'seq' in properties, summary: message.summary ?? '' };
}

function nameOf({ kind }) {
  return `${kind}Event`;
}

function declared(one) {
  const summary = one.summary.replace(/\s+/g, ' ').replaceAll('*/', '*\\/').trim();
  return [
    ...(summary ? [`/** ${summary} */`] : []),
    `export interface ${nameOf(one)} {`,
    ...(one.kept ? ['  seq: number;'] : []),
    '  at: string;',
    '  channel: string;',
    `  type: '${one.kind}';`,
    `  data: Schemas['${one.schema}'];`,
    '}\n',
  ].join('\n');
}

function union(name, members) {
  if (!members.length) return `export type ${name} = never;\n`;
  return `export type ${name} =\n${members.map((one) => `  | ${one}`).join('\n')};\n`;
}

function list(name, kinds, type) {
  return `export const ${name}: readonly ${type}[] = [\n${kinds.map((one) => `  '${one.kind}',`).join('\n')}\n];\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');
  const document = JSON.parse(readFileSync(join(folder, 'api', 'asyncapi.json'), 'utf8'));
  writeFileSync(join(folder, 'live', 'live-events.ts'), liveEvents(document));
}
