// What staff say to the whole room: on the TV at once, and at hand to be said again.
import { expect, test } from '@playwright/test';
import { accessible } from './accessible';
import { Hub } from './hub';
import { open, openTv, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('something is announced, stands in the list, and is said again', async ({ browser }) => {
  const tv = await openTv(browser, hub);
  const page = await open(browser, hub, '/announcements');
  await signIn(page, 'sari');
  await expect(page.getByText('Belum ada pengumuman')).toBeVisible();
  await accessible(page, 'no announcements');
  const words = 'Pengemudi mobil DD 1234 AB, mohon pindahkan kendaraan Anda.';
  await page.getByLabel('Isi pengumuman').fill(words);
  await page.getByRole('button', { name: 'Umumkan sekarang' }).click();
  await expect(page.getByText('Pengumuman dikirim ke semua TV.')).toBeVisible();
  await expect(tv.getByTestId('message')).toContainText('DD 1234 AB');
  await expect(page.getByRole('listitem').filter({ hasText: words })).toBeVisible();
  await accessible(page, 'announced');
  await page.getByRole('button', { name: 'Pakai lagi' }).click();
  await expect(page.getByLabel('Isi pengumuman')).toBeFocused();
  await expect(page.getByLabel('Isi pengumuman')).toHaveValue(words);
  // What was typed is not lost unasked.
  await page.getByRole('link', { name: 'Meja depan' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Isi pengumuman')).toHaveValue(words);
});
