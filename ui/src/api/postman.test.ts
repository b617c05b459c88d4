// The Postman collection says what openapi.json says: every route is in it once, and the committed files are current.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { collectionOf, postmanFiles } from '../../scripts/generate-postman.mjs';
import document from './openapi.json';

test('every route is in the collection, once', () => {
  const requests = collectionOf(document).item.flatMap((folder) => folder.item ?? []);
  const routes = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
  expect(requests).toHaveLength(routes.length);
  expect(requests.every((one) => one.request?.url.raw.startsWith('{{address}}/'))).toBe(true);
});

test('the committed collection is current', () => {
  for (const [name, text] of Object.entries(postmanFiles(document)))
    expect(readFileSync(join('../docs/postman', name), 'utf8'), 'npm run generate:api').toBe(text);
});
