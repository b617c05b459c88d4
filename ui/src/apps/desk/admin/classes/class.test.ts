import { expect, test } from 'vitest';
import { draftOf } from './class.svelte';

test('a rule fills its own figures, the others stand ready', () => {
  const look = { slug: 'a', nama: 'A', nama_en: 'A', icon: 'baby', warna: 'biru' as const };
  const draft = draftOf({ ...look, aturan: { cara: 'menua', menit: 45 }, kiosk: false, aktif: true });
  expect([draft.cara, draft.menit, draft.setelah, draft.panggil]).toEqual(['menua', '45', '2', '1']);
});
