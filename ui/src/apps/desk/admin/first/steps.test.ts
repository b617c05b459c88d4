// Codes that no phone can open are worse than none.
import { expect, test } from 'vitest';
import { onlyHere } from './steps';

test.each([
  ['http://127.0.0.1:4040/kiosk', true],
  ['http://localhost:4040', true],
  ['http://[::1]:4040/tv', true],
  ['http://192.168.1.5:4040', false],
  ['http://lobi.local', false],
  ['http://127x.example', false],
  ['bukan alamat', false],
])('%s is of use here only: %s', (address, here) => {
  expect(onlyHere(address)).toBe(here);
});
