// Priority classes: set by an admin, given at a counter and on the board, and said in one sentence why somebody is next.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub, register } from './hub';
import { open, openCounter, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

async function admin(browser: Browser, path: string): Promise<Page> {
  const page = await open(browser, hub, path);
  await signIn(page, 'admin');
  return page;
}

test('an admin changes the rule of a class and adds a class of the house', async ({ browser }) => {
  const page = await admin(browser, '/settings/classes');
  const row = page.getByRole('row', { name: /Balita/ });
  await expect(row).toContainText('setelah menunggu 30 menit');
  await row.click();
  await accessible(page, 'a priority class');
  await page.getByLabel('Menit menunggu').fill('0');
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('complementary')).toContainText('menit 1 sampai 240');
  await page.getByLabel('Menit menunggu').fill('20');
  await page.keyboard.press('Control+s');
  await expect(row).toContainText('setelah menunggu 20 menit');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Kelas baru' }).first().click();
  await page.getByLabel('Nama', { exact: true }).fill('Tenaga kesehatan');
  await page.getByLabel('Ungu').check({ force: true });
  await page.getByRole('button', { name: 'Tambahkan' }).click();
  await expect(page.getByRole('row', { name: /Tenaga kesehatan/ })).toContainText(
    '1 dipanggil setelah 2 nomor biasa',
  );
});

test('a class given at the counter changes who is next, the counter says why, and it can be taken back', async ({
  browser,
}) => {
  await (await Desk.signIn(hub, 'rina')).clear(1);
  const first = await register(hub, 'umum', 'Andi');
  await register(hub, 'umum', 'Budi');
  const old = await register(hub, 'umum', 'Ibu Hasnah');
  const page = await openCounter(browser, hub, 'rina', 1);
  const upcoming = page.getByTestId('upcoming');
  await page.getByRole('button', { name: `Tindakan untuk ${old.nomor_antrean}` }).click();
  await page.getByRole('menuitem', { name: 'Beri kelas prioritas…' }).click();
  await accessible(page, 'who is given a class');
  await page.getByRole('dialog').getByText('Gawat', { exact: true }).click();
  await page.getByRole('button', { name: 'Simpan kelas' }).click();
  await expect(upcoming).toHaveText(`Berikutnya ${old.nomor_antrean} (Gawat): tidak dapat menunggu`);
  const row = page.locator(`li[data-number="${old.nomor_antrean}"]`);
  await expect(row).toContainText('Gawat');
  await page.getByRole('button', { name: 'Urungkan' }).click();
  await expect(row).not.toContainText('Gawat');
  await expect(upcoming).not.toContainText(old.nomor_antrean);
  expect(first.nomor_antrean).not.toBe(old.nomor_antrean);
});

test('a supervisor gives somebody a class on the board', async ({ browser }) => {
  const { nomor_antrean } = await register(hub, 'gigi', 'Pak Rahman');
  const page = await admin(browser, '/supervisor');
  const gigi = page.getByRole('region', { name: 'Poli Gigi' });
  if (await gigi.getByRole('button', { name: /orang lagi/ }).isVisible())
    await gigi.getByRole('button', { name: /orang lagi/ }).click();
  const card = gigi.locator(`[data-ticket="${nomor_antrean}"]`);
  await card.click();
  await page.locator('.foot').getByRole('button', { name: 'Kelas…' }).click();
  await page.getByRole('dialog').getByText('Disabilitas', { exact: true }).click();
  await page.getByRole('button', { name: 'Simpan kelas' }).click();
  await expect(card).toContainText('Disabilitas');
});
