// From an empty hub in a browser to the first number called: a clinic of its own, without reading anything.
import { expect, test, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Hub } from './hub';
import { callsSeen, chooseLoket, open, openKiosk, openTv, signIn, takeNumber } from './screens';

const hub = new Hub(false);
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

const SERVICES = ['Poli Gigi Anak', 'Laboratorium'];
const STAFF = [
  ['Rina Kusuma', 'rina'],
  ['Dewi Anggraini', 'dewi'],
  ['Sari Amelia', 'sari'],
] as const;
const panel = (page: Page) => page.getByRole('complementary');
const step = (page: Page, id: string) => page.locator(`[data-step="${id}"]`);

test('an own clinic gives and calls its first number', async ({ browser }) => {
  const page = await open(browser, hub, '/counter');
  await expect(page).toHaveURL(/\/setup/);
  await accessible(page, 'a fresh hub');
  await page.getByRole('button', { name: 'Siapkan fasilitas' }).click();
  await expect(page.getByLabel('Nama fasilitas')).toBeFocused();
  await page.getByLabel('Nama fasilitas').fill('Klinik Sehat Bersama');
  await page.getByLabel('Kota').fill('Makassar');
  await page.getByText('Klinik', { exact: true }).click();
  await page.getByText('WITA', { exact: true }).click();
  await page.getByLabel('Nama Anda').fill('Wati Lestari');
  await page.getByLabel('Kata sandi', { exact: true }).fill('jendela-biru-lima');
  await page.getByLabel('Ulangi kata sandi').fill('jendela-biru-lima');
  await page.getByRole('button', { name: 'Siapkan fasilitas' }).click();

  await expect(page).toHaveURL(/\/settings\/first$/);
  await expect(step(page, 'services')).toHaveAttribute('data-done', 'true');
  await expect(step(page, 'staff')).toHaveAttribute('data-done', 'false');
  await accessible(page, 'first steps');

  await page.getByRole('link', { name: 'Layanan', exact: true }).click();
  for (const name of SERVICES) {
    await page.getByRole('button', { name: 'Layanan', exact: true }).click();
    await page.getByLabel('Nama', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Tambah layanan' }).click();
    await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();
  }
  await page.getByRole('link', { name: 'Persiapan' }).click();
  await expect(step(page, 'counters')).toContainText('Laboratorium');

  await page.getByRole('link', { name: 'Daftar loket' }).click();
  await page.getByRole('button', { name: 'Loket', exact: true }).click();
  const number = await page.getByLabel('Nomor', { exact: true }).inputValue();
  for (const name of SERVICES) await panel(page).getByText(name, { exact: true }).click();
  await page.getByRole('button', { name: 'Tambah loket' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`Loket ${number}`) })).toContainText('Laboratorium');

  await page.getByRole('link', { name: 'Petugas', exact: true }).click();
  const passwords: Record<string, string> = {};
  for (const [name, username] of STAFF) {
    await page.getByRole('button', { name: 'Petugas', exact: true }).click();
    await page.getByLabel('Nama lengkap').fill(name);
    await panel(page).getByText('Laboratorium', { exact: true }).click();
    await page.getByRole('button', { name: 'Tambah', exact: true }).click();
    passwords[username] = await page.locator('output').innerText();
    await panel(page).getByRole('button', { name: 'Tutup' }).last().click();
  }
  await page.getByRole('link', { name: 'Persiapan' }).click();
  await expect(step(page, 'staff')).toContainText('4 orang');
  await expect(step(page, 'counters')).toHaveAttribute('data-done', 'true');

  const kiosk = await openKiosk(browser, hub);
  const tv = await openTv(browser, hub);
  await expect(step(page, 'kiosk')).toHaveAttribute('data-done', 'true');
  const first = await takeNumber(kiosk, 'laboratorium');
  const desk = await open(browser, hub, '/counter');
  await signIn(desk, 'rina', passwords.rina);
  await desk.getByLabel('Kata sandi awal', { exact: true }).fill(passwords.rina!);
  await desk.getByLabel('Kata sandi baru', { exact: true }).fill('kucing-oren-tujuh');
  await desk.getByLabel('Ulangi kata sandi baru', { exact: true }).fill('kucing-oren-tujuh');
  await desk.keyboard.press('Enter');
  await chooseLoket(desk, Number(number));
  await desk.keyboard.press(' ');
  await expect(desk.getByTestId('current')).toContainText(first);
  await expect.poll(() => callsSeen(tv)).toContain(first);
});

test('a page that waited for the set-up goes where it wanted to go', async ({ browser }) => {
  const page = await open(browser, hub, '/setup?lalu=%2Fkiosk');
  await expect(page.getByRole('heading', { name: 'Hub ini sudah disiapkan' })).toBeVisible();
});
