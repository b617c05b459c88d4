// Priority classes: set by an admin, given at a counter and on the board, and said in one sentence why somebody is next.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub, register } from './hub';
import { open, openCounter, openKiosk, settled, signIn } from './screens';

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

test('a visitor says the class at the kiosk, once, and the desk says it with the number', async ({
  browser,
}) => {
  const desk = await admin(browser, '/settings/classes/lansia');
  await desk.getByText('Boleh dipilih pengunjung').click();
  await desk.keyboard.press('Control+s');
  await expect(desk.getByRole('row', { name: /Lansia/ })).toContainText('Pengunjung dan petugas');

  const kiosk = await openKiosk(browser, hub);
  const lansia = kiosk.locator('[data-class="lansia"]');
  await lansia.click();
  await expect(lansia).toHaveAttribute('aria-pressed', 'true');
  await accessible(kiosk, 'a class said at the kiosk');
  await kiosk.locator('[data-service="kia"]').click();
  const number = await kiosk.getByTestId('number').innerText();
  await settled(kiosk);
  await kiosk.getByRole('button', { name: 'Selesai' }).click();
  await expect(lansia).toHaveAttribute('aria-pressed', 'false');

  await desk.goto(`${hub.address}/supervisor`);
  await expect(desk.locator(`[data-ticket="${number}"]`)).toContainText('Lansia');
});

test('the front desk gives the class together with the number', async ({ browser }) => {
  const page = await admin(browser, '/receptionist');
  await expect(page.getByTestId('card')).toBeVisible();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Poli Gigi').click();
  await dialog.getByLabel('Kelas').selectOption('hamil');
  await dialog.getByRole('button', { name: /Beri nomor/ }).click();
  const number = await page.getByTestId('card-number').innerText();
  await page.goto(`${hub.address}/supervisor`);
  const gigi = page.getByRole('region', { name: 'Poli Gigi' });
  const more = gigi.getByRole('button', { name: /orang lagi/ });
  if (await more.isVisible()) await more.click();
  await expect(gigi.locator(`[data-ticket="${number}"]`)).toContainText('Ibu hamil');
});
