// The types of the wire must be those of the hub's own description: `npm run generate:api` after it has changed.
// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import openapi, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, test } from 'vitest';

test('schema.d.ts is generated from openapi.json', async () => {
  const folder = join(process.cwd(), 'src', 'api');
  const description = readFileSync(join(folder, 'openapi.json'), 'utf8');
  const types = COMMENT_HEADER + astToString(await openapi(description));
  expect(readFileSync(join(folder, 'schema.d.ts'), 'utf8')).toBe(types);
});
