// "/saya" and a number for a later day: the code from the desk, a family's numbers, giving one back, coming, judging a visit.
import { readFile } from 'node:fs/promises';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub } from './hub';
import { open, openKiosk, signIn } from './screens';

const hub = new Hub();
const PHONE = { width: 390, height: 844 };
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

/** Takes a number on a phone; its own page stands open. */
async function take(browser: Browser, nama: string, no_hp: string, day?: string): Promise<Page> {
  const page = await open(browser, hub, '/daftar', PHONE);
  await page.getByText('Poli Gigi').click();
  if (day) await page.getByText(day, { exact: true }).click();
  await page.getByLabel('Nama', { exact: true }).fill(nama);
  await page.getByLabel('Nomor HP', { exact: true }).fill(no_hp);
  await page.getByText(/Saya setuju/).click();
  await page.getByRole('button', { name: 'Ambil nomor' }).click();
  await expect(page).toHaveURL(/\/t\/\w+/);
  return page;
}

/** The code that the desk reads out. */
async function codeAtDesk(browser: Browser, no_hp: string): Promise<string> {
  const desk = await open(browser, hub, '/receptionist');
  await signIn(desk, 'admin');
  await desk.locator('.user').first().click();
  await desk.getByRole('menuitem', { name: 'Kode untuk HP pengunjung…' }).click();
  await desk.getByRole('dialog').getByLabel('Nomor HP').fill(no_hp);
  await desk.getByRole('button', { name: 'Tampilkan kode' }).click();
  await accessible(desk, 'the code of a telephone');
  return (await desk.getByTestId('portal-code').innerText()).replace(/\D/g, '');
}

test('a number for a later day says so on the phone, and its family sees it by telephone and code', async ({
  browser,
}) => {
  const later = await take(browser, 'Hasnah Daeng', '0813-7777-1001', 'Besok');
  await expect(later.getByTestId('number')).toHaveText(/^B\d+/);
  await expect(later.getByText(/^Untuk /)).toBeVisible();
  await accessible(later, 'a number for a later day');
  const today = await take(browser, 'Budi Daeng', '0813-7777-1001');
  const number = await today.getByTestId('number').innerText();

  const own = await open(browser, hub, '/saya', PHONE);
  await accessible(own, 'who one is');
  await own.getByRole('button', { name: 'Minta kode' }).click();
  await expect(own.getByText('Isi nomor HP Anda.')).toBeVisible();
  await own.getByLabel('Nomor HP').fill('0813 7777 1001');
  await own.getByRole('button', { name: 'Minta kode' }).click();
  await expect(own.getByText(/ada di meja pendaftaran/)).toBeVisible();
  await own.getByLabel('Kode 6 angka').fill('12');
  await own.getByRole('button', { name: 'Buka' }).click();
  await expect(own.getByRole('alert')).toContainText('Kode salah');
  await own.getByLabel('Kode 6 angka').fill(await codeAtDesk(browser, '0813-7777-1001'));
  await own.getByRole('button', { name: 'Buka' }).click();
  await expect(own.getByRole('heading', { name: 'Nomor saya' })).toBeVisible();
  await expect(own.getByText('Hasnah Daeng').first()).toBeVisible();
  await accessible(own, "a family's numbers");

  const card = own.locator(`[data-number="${number}"]`).filter({ hasText: 'Budi' });
  await card.getByRole('button', { name: 'Batalkan' }).click();
  await card.getByRole('button', { name: 'Tetap antre' }).click();
  await card.getByRole('button', { name: 'Batalkan' }).click();
  await card.getByRole('button', { name: 'Batalkan nomor' }).click();
  await expect(card).toHaveCount(0);
  await expect(today.getByText('Nomor ini dibatalkan')).toBeVisible();
  await own.reload();
  await expect(own.getByText('Kunjungan')).toBeVisible();
  await own.getByRole('button', { name: 'Keluar dari HP ini' }).click();
  await expect(own.getByRole('button', { name: 'Minta kode' })).toBeVisible();
});

test('a visit is judged on its own page once it is done', async ({ browser }) => {
  const page = await take(browser, 'Siti Judge', '0813-7777-1002');
  const nomor = await page.getByTestId('number').innerText();
  const dewi = await Desk.signIn(hub, 'dewi');
  await dewi.clear(2);
  const { id } = (await dewi.waiting(2)).find((one) => one.nomor_antrean === nomor)!;
  await dewi.act(id, 'call', 2);
  await dewi.act(id, 'finish');
  await expect(page.getByRole('heading', { name: 'Bagaimana kunjungan Anda?' })).toBeVisible();
  await page.getByRole('button', { name: 'Kirim penilaian' }).click();
  await expect(page.getByText('Pilih bintang dulu.')).toBeVisible();
  await page.getByRole('radio', { name: '4 dari 5 · Baik' }).check({ force: true });
  await accessible(page, 'judging a visit');
  await page.getByLabel(/Cerita Anda/).fill('Dokternya sabar.');
  await page.getByRole('button', { name: 'Kirim penilaian' }).click();
  await expect(page.getByText(/Terima kasih, penilaian/)).toBeVisible();
});

test('whoever shows their code at the kiosk is here, and hears so when it is not the day', async ({
  browser,
}) => {
  const kiosk = await openKiosk(browser, hub);
  const code = async (page: Page) => new URL(page.url()).pathname.split('/').at(-1)!;
  const scan = async (text: string) => {
    await kiosk.keyboard.type(`${hub.address}/t/${text}`, { delay: 4 });
    await kiosk.keyboard.press('Enter');
  };
  const today = await take(browser, 'Rahmat Kios', '0813-7777-1003');
  await expect(async () => {
    await scan(await code(today));
    await expect(kiosk.getByTestId('number')).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(kiosk.getByTestId('number')).toHaveText(await today.getByTestId('number').innerText());
  await kiosk.reload();
  await expect(kiosk.locator('[data-service]').first()).toBeVisible();
  const later = await take(browser, 'Rahmat Besok', '0813-7777-1003', 'Besok');
  await expect(async () => {
    await scan(await code(later));
    await expect(kiosk.getByText(/Check-in bisa dilakukan pada hari itu/)).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test('an admin reads what visitors thought, and takes the report along as an Excel file', async ({
  browser,
}) => {
  const page = await open(browser, hub, '/reports');
  await signIn(page, 'admin');
  await expect(page.getByText('Penilaian pengunjung')).toBeVisible();
  await expect(page.getByText('“Dokternya sabar.”')).toBeVisible();
  await accessible(page, 'a report with reviews');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Excel' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^lobi-[\d-]+\.xlsx$/);
  const bytes = await readFile(await file.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
});
