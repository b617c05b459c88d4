// The call that needs no name.
import { expect, test } from 'vitest';
import { called } from '../../data/builders';
import { plainCall } from './plain-call';

test.each([
  ['A012', 3, 'nomor-antrean huruf-a angka-0 angka-1 angka-2 silakan-ke-loket angka-3'],
  ['BC1000', 12, 'nomor-antrean huruf-b huruf-c angka-1 angka-0 angka-0 angka-0 silakan-ke-loket angka-12'],
  ['A012', 100, 'nomor-antrean huruf-a angka-0 angka-1 angka-2 silakan-ke-loket ratus-1'],
  ['A012', 204, 'nomor-antrean huruf-a angka-0 angka-1 angka-2 silakan-ke-loket ratus-2 angka-4'],
  ['A012', null, 'nomor-antrean huruf-a angka-0 angka-1 angka-2'],
])('%s to %s', (nomor_antrean, loket, clips) => {
  expect(plainCall(called(1, 1, { nomor_antrean, loket }), 'id').clips.join(' ')).toBe(clips);
});
