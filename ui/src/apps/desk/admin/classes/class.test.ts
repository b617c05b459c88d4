import { expect, test } from 'vitest';
import { draftOf, freeSlug } from './class.svelte';

test('an address is made of the name and belongs to nobody else', () => {
  expect(freeSlug('Tenaga kesehatan', [])).toBe('tenaga-kesehatan');
  expect(freeSlug('Lansia', ['lansia', 'lansia-2'])).toBe('lansia-3');
  expect(freeSlug('诊所', [])).toBe('kelas');
});

test('a rule fills its own figures, the others stand ready', () => {
  const look = { slug: 'a', nama: 'A', nama_en: 'A', icon: 'baby', warna: 'biru' as const };
  const draft = draftOf({ ...look, aturan: { cara: 'menua', menit: 45 }, kiosk: false, aktif: true });
  expect([draft.cara, draft.menit, draft.setelah, draft.panggil]).toEqual(['menua', '45', '2', '1']);
});
