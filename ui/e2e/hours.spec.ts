// Opening hours and holidays: set at a desk, read at the kiosk, in words that a visitor understands.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Hub } from './hub';
import { open, openKiosk, settled, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

async function admin(browser: Browser, path: string): Promise<Page> {
  const page = await open(browser, hub, path);
  await signIn(page, 'admin');
  return page;
}
const card = (kiosk: Page, slug: string) => kiosk.locator(`[data-service="${slug}"]`);
const panel = (page: Page) => page.getByRole('complementary');

/** Today as the hub writes dates: the demonstration is in Makassar. */
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

test('a service gets hours, and a holiday shuts it with its name', async ({ browser }) => {
  const page = await admin(browser, '/settings/hours');
  const kiosk = await openKiosk(browser, hub);
  const row = page.getByRole('row', { name: /Poli Gigi/ });
  await expect(row).toContainText('Setiap saat');

  await row.click();
  await page.getByText('Buka setiap saat').click();
  await accessible(page, 'hours of a service');
  // Whatever today is, the whole week is open: what shuts it below is the holiday.
  for (const day of ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu']) {
    const add = panel(page).getByRole('button', { name: `${day}: tambah jam buka` });
    if (await add.isVisible()) await add.click();
    await page.getByLabel(`${day}, buka`).fill('0.00');
    await page.getByLabel(`${day}, tutup`).fill('25.00');
  }
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('alert')).toContainText('Periksa bagian yang ditandai');
  await expect(page.getByLabel('Senin, tutup')).toHaveAttribute('aria-invalid', 'true');
  for (const day of ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'])
    await page.getByLabel(`${day}, tutup`).fill('24.00');
  await page.getByLabel('Nomor per hari paling banyak').fill('200');
  await page.keyboard.press('Control+s');
  await expect(row).toContainText('Senin–Minggu 00.00–24.00');
  await expect(row).toContainText('200');
  await expect(card(kiosk, 'gigi')).not.toContainText('Tutup');

  await page.getByRole('link', { name: 'Hari libur' }).click();
  await expect(page.getByRole('row', { name: /Natal/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Hari libur', exact: true }).click();
  await page.getByLabel('Tanggal').fill(today());
  await page.getByLabel('Nama', { exact: true }).fill('Pemilihan kepala desa');
  await page.getByRole('button', { name: 'Tambah hari libur' }).click();
  await expect(page.getByRole('row', { name: /Pemilihan kepala desa/ })).toBeVisible();

  await expect(card(kiosk, 'gigi')).toContainText('Libur: Pemilihan kepala desa · buka besok 00.00');
  await expect(card(kiosk, 'umum')).not.toContainText('Libur');
  await accessible(kiosk, 'a kiosk with a service that is shut');
  await settled(kiosk);
  await card(kiosk, 'gigi').click();
  await expect(kiosk.getByText(/Poli Gigi sedang tutup\. Buka lagi/)).toBeVisible();
  await settled(kiosk);
  await kiosk.getByRole('button', { name: 'Kembali ke layanan' }).click();

  await page.getByRole('row', { name: /Pemilihan kepala desa/ }).click();
  await page.getByRole('button', { name: 'Bukan hari libur' }).click();
  await expect(page.getByRole('row', { name: /Pemilihan kepala desa/ })).toBeHidden();
  await expect(card(kiosk, 'gigi')).not.toContainText('Libur');
});
