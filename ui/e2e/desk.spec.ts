// The frame of the desk: menu by rights, addresses that come back, the search, and words that are not lost on the way.
import { expect, test } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub, register } from './hub';
import { open, openCounter, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('each sees what their rights open, and goes there and back without a new document', async ({
  browser,
}) => {
  const page = await openCounter(browser, hub, 'rina', 3);
  await expect(page).toHaveURL(/\/counter\/3$/);
  const menu = page.getByRole('navigation', { name: 'Menu utama' });
  await expect(menu.getByRole('link')).toHaveText([
    'Loket',
    'Meja depan',
    'Papan antrean',
    'Pasien',
    'Laporan',
    'Pengumuman',
  ]);
  await page.evaluate(() => void ((window as { same?: boolean }).same = true));
  await menu.getByRole('link', { name: 'Meja depan' }).click();
  await expect(page).toHaveURL(/\/receptionist$/);
  await page.getByRole('button', { name: 'Dilewati', exact: true }).click();
  await expect(page).toHaveURL(/status=dilewati/);
  await page.goBack();
  await expect(page.getByTestId('current')).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('button', { name: 'Dilewati', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  expect(await page.evaluate(() => (window as { same?: boolean }).same)).toBe(true);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Dilewati', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('Ctrl+K finds a page and a number', async ({ browser }) => {
  const ticket = await register(hub, 'umum', 'Siti Rahmawati');
  const page = await openCounter(browser, hub, 'rina', 3);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Cari apa saja' });
  await expect(field).toBeFocused();
  await accessible(page, 'search');
  await field.fill(ticket.nomor_antrean);
  await expect(page.getByRole('option')).toContainText([ticket.nomor_antrean]);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`nomor=${ticket.nomor_antrean}`));
  await expect(page.getByRole('main').getByText('Siti Rahmawati').first()).toBeVisible();
});

test('back asks before it loses what was typed, and stays when told to', async ({ browser }) => {
  const page = await open(browser, hub, '/receptionist');
  await signIn(page, 'admin');
  await page.getByRole('link', { name: 'Pengaturan' }).click();
  const name = page.getByLabel('Nama', { exact: true });
  await name.fill('Puskesmas Lain');
  await page.goBack();
  const question = page.getByRole('alertdialog', { name: 'Perubahan belum disimpan' });
  await accessible(page, 'question before leaving');
  await question.getByRole('button', { name: 'Tetap di sini' }).click();
  await expect(page).toHaveURL(/\/settings$/);
  await expect(name).toHaveValue('Puskesmas Lain');
  await page.getByRole('link', { name: 'Loket', exact: true }).click();
  await question.getByRole('button', { name: 'Buang perubahan' }).click();
  await expect(page).toHaveURL(/\/counter$/);
});

test('an address of nothing says so inside the frame', async ({ browser }) => {
  const page = await open(browser, hub, '/settings/entah');
  await signIn(page, 'admin');
  await expect(page.getByRole('heading', { name: 'Halaman ini tidak ada' })).toBeVisible();
  await page.getByRole('link', { name: 'Ke halaman pertama' }).click();
  await expect(page).toHaveURL(/\/counter$/);
});

test('whoever got a password changes it first, and is in', async ({ browser }) => {
  const admin = await Desk.signIn(hub, 'admin');
  const password = await admin.addColleague('tuti', ['petugas'], ['umum']);
  const page = await open(browser, hub, '/counter', { width: 1366, height: 768 });
  await signIn(page, 'tuti', password);
  await expect(page.getByRole('heading', { name: 'Ganti kata sandi awal' })).toBeVisible();
  await accessible(page, 'first password');
  await page.getByLabel('Kata sandi awal', { exact: true }).fill(password);
  await page.getByLabel('Kata sandi baru', { exact: true }).fill('12345678');
  await page.getByLabel('Ulangi kata sandi baru', { exact: true }).fill('12345678');
  await page.getByRole('button', { name: 'Ganti dan lanjutkan' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Kata sandi baru', { exact: true }).fill('kucing-oren-tujuh');
  await page.getByLabel('Ulangi kata sandi baru', { exact: true }).fill('kucing-oren-tujuh');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Loket 1/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: /^Loket 1/ })).toBeVisible();
});
