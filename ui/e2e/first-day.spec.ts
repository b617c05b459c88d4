// From an empty hub in a browser to the first number printed and called: a clinic of its own, without reading anything. Run by
// `npm run screenshots` it also takes the pictures of docs/first-day.md.
import { expect, test, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { accessible } from './accessible';
import { Hub } from './hub';
import { FakePrinter } from './printer';
import { callsSeen, chooseLoket, open, openKiosk, openTv, signIn, takeNumber } from './screens';

const hub = new Hub(false);
const printer = new FakePrinter();
test.beforeAll(() => Promise.all([hub.start(), printer.start()]));
test.afterAll(() => Promise.all([hub.stop(), printer.stop()]));

const FOLDER = process.env.LOBI_FAKETIME && resolve(import.meta.dirname, '../../docs/images/first-day');
const took: [step: string, seconds: number][] = [];
let began = performance.now();

/** A step is over: how long it took, and its picture where pictures are taken. */
async function done(page: Page, name: string): Promise<void> {
  took.push([name, (performance.now() - began) / 1000]);
  if (FOLDER) {
    mkdirSync(FOLDER, { recursive: true });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ animations: 'disabled', path: resolve(FOLDER, `${took.length}-${name}.png`) });
  }
  began = performance.now();
}

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
  await done(page, 'setup');
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
  await done(page, 'persiapan');
  await expect(step(page, 'staff')).toHaveAttribute('data-done', 'false');
  await accessible(page, 'first steps');

  await page.getByRole('link', { name: 'Layanan', exact: true }).click();
  for (const name of SERVICES) {
    await page.getByRole('button', { name: 'Layanan', exact: true }).click();
    await page.getByLabel('Nama', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Tambah layanan' }).click();
    await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();
  }
  expect(await page.getByRole('row').count(), 'six services and the head').toBe(7);
  await done(page, 'layanan');
  await page.getByRole('link', { name: 'Persiapan' }).click();
  await expect(step(page, 'counters')).toContainText('Laboratorium');

  await page.getByRole('link', { name: 'Daftar loket' }).click();
  await expect(page.getByRole('row', { name: /Loket 1/ })).toBeVisible();
  let number = '';
  while ((await page.getByRole('row').count()) < 6) {
    const rows = await page.getByRole('row').count();
    await page.getByRole('button', { name: 'Loket', exact: true }).click();
    number = await page.getByLabel('Nomor', { exact: true }).inputValue();
    for (const name of SERVICES) await panel(page).getByText(name, { exact: true }).click();
    await page.getByRole('button', { name: 'Tambah loket' }).click();
    await expect(page.getByRole('row')).toHaveCount(rows + 1);
  }
  await expect(page.getByRole('row', { name: new RegExp(`Loket ${number}`) })).toContainText('Laboratorium');
  await done(page, 'loket');

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
  await done(page, 'petugas');

  await page.getByRole('link', { name: 'Persiapan' }).click();
  await step(page, 'printer').getByRole('link').click();
  await expect(page.getByLabel('Alamat printer')).toBeInViewport();
  await page.getByLabel('Alamat printer').fill(printer.address);
  await page.getByRole('button', { name: 'Simpan dan cetak halaman uji' }).click();
  await expect.poll(() => printer.papers.length).toBe(1);
  await done(page, 'printer');

  await page.getByRole('link', { name: 'Persiapan' }).click();
  await expect(step(page, 'printer')).toHaveAttribute('data-done', 'true');
  await expect(step(page, 'staff')).toContainText('4 orang');
  await expect(step(page, 'counters')).toHaveAttribute('data-done', 'true');

  const kiosk = await openKiosk(browser, hub);
  const tv = await openTv(browser, hub);
  await expect(step(page, 'kiosk')).toHaveAttribute('data-done', 'true');
  await done(kiosk, 'kiosk');
  const first = await takeNumber(kiosk, 'laboratorium');
  await expect.poll(() => printer.papers.length, 'the first ticket on paper').toBe(2);
  const desk = await open(browser, hub, '/counter');
  await signIn(desk, 'rina', passwords.rina);
  await desk.getByLabel('Kata sandi awal', { exact: true }).fill(passwords.rina!);
  await desk.getByLabel('Kata sandi baru', { exact: true }).fill('kucing-oren-tujuh');
  await desk.getByLabel('Ulangi kata sandi baru', { exact: true }).fill('kucing-oren-tujuh');
  await desk.keyboard.press('Enter');
  await chooseLoket(desk, Number(number));
  await desk.keyboard.press(' ');
  await expect(desk.getByTestId('current')).toContainText(first);
  await expect(desk.getByTestId('stat-waiting')).toHaveText('0');
  await done(desk, 'loket-memanggil');
  await expect.poll(() => callsSeen(tv)).toContain(first);
  await done(tv, 'tv');
  console.log(
    `first day, seconds: ${took.map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`).join(', ')}`,
  );
});

test('a page that waited for the set-up goes where it wanted to go', async ({ browser }) => {
  const page = await open(browser, hub, '/setup?lalu=%2Fkiosk');
  await expect(page.getByRole('heading', { name: 'Hub ini sudah disiapkan' })).toBeVisible();
});
