// The admin's screens: services, counters, staff and keys are made and changed, and every other screen follows.
import { expect, test, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub, register } from './hub';
import { open, openCounter, openKiosk, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

async function admin(browser: Parameters<typeof open>[0], path: string): Promise<Page> {
  const page = await open(browser, hub, path);
  await signIn(page, 'admin');
  return page;
}
const panel = (page: Page, name: string) => page.getByRole('complementary', { name });

test('a service is added, stands at the kiosk at once, and leaves it when it closes', async ({ browser }) => {
  const kiosk = await openKiosk(browser, hub);
  const page = await admin(browser, '/settings/services');
  await expect(page.getByRole('row', { name: /Poli Umum/ })).toBeVisible();
  await accessible(page, 'services');
  await page.getByRole('button', { name: 'Layanan', exact: true }).click();
  await expect(page).toHaveURL(/\/settings\/services\/baru$/);
  await expect(page.getByLabel('Huruf nomor')).toHaveValue('E');
  await page.getByLabel('Nama', { exact: true }).fill('Laboratorium');
  await page.getByLabel('Labu kimia').check({ force: true });
  await accessible(page, 'new service');
  await page.getByRole('button', { name: 'Tambah layanan' }).click();
  await expect(page).toHaveURL(/\/settings\/services$/);
  await expect(kiosk.locator('[data-service="laboratorium"]')).toBeVisible();

  await page.getByRole('link', { name: 'E Laboratorium' }).click();
  await page.getByText('Buka untuk nomor baru').click();
  await page.keyboard.press('Control+s');
  await expect(panel(page, 'Laboratorium').getByText('Tersimpan')).toBeVisible();
  await expect(kiosk.locator('[data-service="laboratorium"]')).toBeHidden();
});

test('a service that somebody waits for cannot vanish, and one that nobody waits for comes back', async ({
  browser,
}) => {
  await register(hub, 'kia');
  const page = await admin(browser, '/settings/services/kia');
  await page.getByRole('button', { name: 'Hentikan layanan' }).click();
  await page.getByRole('button', { name: 'Hentikan', exact: true }).click();
  await expect(panel(page, 'KIA & Imunisasi').getByRole('alert')).toContainText(/menunggu/);

  await page.goto(`${hub.address}/settings/services/laboratorium`);
  await page.getByRole('button', { name: 'Hentikan layanan' }).click();
  await page.getByRole('button', { name: 'Hentikan', exact: true }).click();
  const row = page.getByRole('row', { name: /Laboratorium/ });
  await expect(row.getByText('Dihentikan')).toBeVisible();
  await page.getByRole('button', { name: 'Buka kembali' }).click();
  await expect(row.getByText('Tutup')).toBeVisible();
});

test('a counter is added with what it serves, and a petugas can choose it', async ({ browser }) => {
  const page = await admin(browser, '/settings/counters');
  await page.getByRole('button', { name: 'Loket', exact: true }).click();
  await expect(page.getByLabel('Nomor', { exact: true })).toHaveValue('5');
  await page.getByLabel('Nomor', { exact: true }).fill('4');
  await panel(page, 'Loket baru').getByText('Poli Gigi', { exact: true }).click();
  await page.getByRole('button', { name: 'Tambah loket' }).click();
  // Taken already: said beside the field, which has the focus.
  await expect(page.getByLabel('Nomor', { exact: true })).toBeFocused();
  await accessible(page, 'a counter that exists');
  await page.getByLabel('Nomor', { exact: true }).fill('5');
  await page.getByRole('button', { name: 'Tambah loket' }).click();
  await expect(page.getByRole('row', { name: /Loket 5/ })).toContainText('Poli Gigi');
  await openCounter(browser, hub, 'dewi', 5);
});

test('a colleague is added, signs in, and is out the moment they are switched off', async ({ browser }) => {
  const page = await admin(browser, '/settings/staff');
  await page.getByRole('button', { name: 'Petugas', exact: true }).click();
  await page.getByLabel('Nama lengkap').fill('dr. Yusuf Rahman');
  await expect(page.getByLabel('Nama pengguna', { exact: true })).toHaveValue('yusuf');
  await page.getByLabel('Nama pengguna', { exact: true }).fill('rina');
  await panel(page, 'Petugas baru').getByText('Poli Umum', { exact: true }).click();
  await page.getByRole('button', { name: 'Tambah', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('1 isian perlu diperbaiki');
  await expect(page.getByLabel('Nama pengguna', { exact: true })).toBeFocused();
  await accessible(page, 'a name that is taken');
  await page.getByLabel('Nama pengguna', { exact: true }).fill('yusuf');
  await page.getByRole('button', { name: 'Tambah', exact: true }).click();
  const password = await page.locator('output').innerText();
  expect(password.length).toBeGreaterThan(7);
  await accessible(page, 'the first password');
  // The next one begins with nothing of this one.
  await page.getByRole('button', { name: 'Petugas', exact: true }).click();
  await expect(page.getByLabel('Nama lengkap')).toHaveValue('');
  await expect(page.locator('output')).toBeHidden();
  await page.getByRole('complementary').getByRole('button', { name: 'Tutup' }).click();
  await page.getByRole('searchbox').fill('yus');
  await expect(page).toHaveURL(/cari=yus/);
  await expect(page.getByRole('row')).toHaveCount(2);

  const theirs = await open(browser, hub, '/counter');
  await signIn(theirs, 'yusuf', password);
  await theirs.getByLabel('Kata sandi awal', { exact: true }).fill(password);
  await theirs.getByLabel('Kata sandi baru', { exact: true }).fill('kucing-oren-tujuh');
  await theirs.getByLabel('Ulangi kata sandi baru', { exact: true }).fill('kucing-oren-tujuh');
  await theirs.keyboard.press('Enter');
  await expect(theirs.getByRole('button', { name: /^Loket 1/ })).toBeVisible();

  await page.getByRole('link', { name: 'dr. Yusuf Rahman' }).click();
  await page.getByText('Boleh masuk').click();
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await expect(page.getByRole('row', { name: /Yusuf/ }).getByText('Nonaktif')).toBeVisible();
  await expect(theirs.getByText('Sesi Anda sudah berakhir')).toBeVisible();
});

test('typed words are not lost by going elsewhere, and what another admin changed is followed', async ({
  browser,
}) => {
  const one = await admin(browser, '/settings/services/gigi');
  const other = await admin(browser, '/settings/services/gigi');
  await one.getByLabel('Nama', { exact: true }).fill('Gigi dan Mulut');
  await other.getByLabel('Nama dalam bahasa Inggris').fill('Dentist');
  await other.getByRole('button', { name: 'Simpan', exact: true }).click();
  await expect(one.getByLabel('Nama dalam bahasa Inggris')).toHaveValue('Dentist');
  await expect(one.getByLabel('Nama', { exact: true })).toHaveValue('Gigi dan Mulut');

  await one.getByRole('link', { name: /Poli Umum/ }).click();
  await one.getByRole('button', { name: 'Tetap di sini' }).click();
  await expect(one).toHaveURL(/\/settings\/services\/gigi$/);
  await one.getByRole('button', { name: 'Simpan', exact: true }).click();
  await expect(other.getByRole('row', { name: /Gigi dan Mulut/ })).toContainText('Dentist');
});

test('a list and its rows are walked by keyboard alone', async ({ browser }) => {
  const page = await admin(browser, '/settings/staff');
  await expect(page.getByRole('row', { name: 'Arif' })).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.getByRole('link', { name: 'Admin', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: 'Arif' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Arif' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/settings\/staff$/);
});

test('a key is made, shown once, and taken back by typing its name', async ({ browser }) => {
  const page = await admin(browser, '/settings/keys');
  await expect(page.getByText('Belum ada kunci')).toBeVisible();
  await accessible(page, 'no keys');
  await page.getByRole('button', { name: 'Kunci', exact: true }).first().click();
  await page.getByLabel('Nama', { exact: true }).fill('Bot WhatsApp');
  await page.getByText('Melihat nomor hari ini').click();
  await page.getByRole('button', { name: 'Buat kunci' }).click();
  const key = await page.locator('output').innerText();
  const asked = () =>
    fetch(`${hub.address}/api/dashboard/queues`, { headers: { 'X-API-KEY': key } }).then((one) => one.status);
  expect(await asked()).toBe(200);
  await accessible(page, 'a key, once');
  await page.getByRole('complementary').getByRole('button', { name: 'Tutup' }).last().click();

  await page.getByRole('link', { name: 'Bot WhatsApp' }).click();
  await page.getByRole('button', { name: 'Cabut kunci' }).click();
  const question = page.getByRole('dialog');
  await expect(question.getByRole('button', { name: 'Cabut kunci' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await question.getByRole('textbox').fill('bot whatsapp');
  await question.getByRole('button', { name: 'Cabut kunci' }).click();
  await expect(page.getByText('Belum ada kunci')).toBeVisible();
  expect(await asked()).toBe(401);
});

test('one’s own password is changed and a session elsewhere ended', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'admin');
  const password = await desk.addColleague('halim', ['admin'], []);
  const first = await open(browser, hub, '/account');
  await signIn(first, 'halim', password);
  await first.getByLabel('Kata sandi awal', { exact: true }).fill(password);
  await first.getByLabel('Kata sandi baru', { exact: true }).fill('jendela-biru-lima');
  await first.getByLabel('Ulangi kata sandi baru', { exact: true }).fill('jendela-biru-lima');
  await first.keyboard.press('Enter');
  await expect(first.getByRole('heading', { name: 'Akun saya' })).toBeVisible();

  const second = await open(browser, hub, '/settings/devices');
  await signIn(second, 'halim', 'jendela-biru-lima');
  await expect(second.getByRole('heading', { name: 'Perangkat', exact: true })).toBeVisible();
  await first.reload();
  await accessible(first, 'own account');
  await first.getByRole('button', { name: /^Keluarkan/ }).click();
  await expect(second.getByText('Sesi Anda sudah berakhir')).toBeVisible();
  await expect(first.getByRole('button', { name: /^Keluarkan/ })).toBeHidden();
});

test('health says that all is well', async ({ browser }) => {
  const page = await admin(browser, '/settings/hub');
  await expect(page.getByText('Semuanya baik')).toBeVisible();
  await accessible(page, 'health');
});
