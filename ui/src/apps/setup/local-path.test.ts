// Nobody is sent away from the hub by a link that somebody else wrote.
import { expect, test } from 'vitest';
import { localPath } from './local-path';

test.each([
  ['/kiosk', '/kiosk'],
  ['/tv?poli=umum', '/tv?poli=umum'],
  ['//evil.example/', null],
  ['/\\evil.example', null],
  ['https://evil.example', null],
  ['javascript:alert(1)', null],
  ['', null],
  [null, null],
])('%s', (said, path) => expect(localPath(said)).toBe(path));
