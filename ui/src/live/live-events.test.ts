// The types of live events must be those of the hub's own description: `npm run generate:api` after it has changed.
// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { liveEvents } from '../../scripts/generate-live.mjs';

const folder = join(process.cwd(), 'src');
const message = (kind: string, kept = true, data: unknown = { $ref: `#/components/schemas/${kind}` }) => ({
  summary: `About ${kind}.`,
  payload: {
    properties: { at: {}, channel: {}, type: { const: kind }, data, ...(kept ? { seq: {} } : {}) },
  },
});

test('live-events.ts is generated from asyncapi.json', () => {
  const description = JSON.parse(readFileSync(join(folder, 'api', 'asyncapi.json'), 'utf8')) as unknown;
  expect(readFileSync(join(folder, 'live', 'live-events.ts'), 'utf8')).toBe(liveEvents(description));
});

test('the order of the document does not matter', () => {
  const [called, present] = [message('Called'), message('Present', false)];
  const one = liveEvents({ components: { messages: { Called: called, Present: present } } });
  expect(liveEvents({ components: { messages: { Present: present, Called: called } } })).toBe(one);
});

test('only what is kept has a number', () => {
  const types = liveEvents({
    components: { messages: { Called: message('Called'), Present: message('Present', false) } },
  });
  expect(types).toContain(
    '/** About Called. */\nexport interface CalledEvent {\n  seq: number;\n  at: string;',
  );
  expect(types).toContain('export interface PresentEvent {\n  at: string;');
  expect(types).toContain('export type KeptEvent =\n  | CalledEvent;');
  expect(types).toContain('export type PassingEvent =\n  | PresentEvent;');
});

test('a document that does not say what a kind means makes no types', () => {
  const made = (messages: unknown) => () => liveEvents({ components: { messages } });
  expect(made({})).toThrow('no kind of event');
  expect(made({ Called: message('Called', true, { type: 'object' }) })).toThrow(
    'Called.payload.properties.data',
  );
  expect(made({ Called: message('Other') })).toThrow('must be the constant "Called"');
});
