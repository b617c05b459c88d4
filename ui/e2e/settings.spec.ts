// The facility's settings as an admin changes them in a browser.
import { expect, test } from '@playwright/test';
import { accessible } from './accessible';
import { Hub } from './hub';
import { open, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('an admin renames the facility and every screen hears of it', async ({ browser }) => {
  const kiosk = await open(browser, hub, '/kiosk');
  await expect(kiosk.getByText('Puskesmas Antang')).toBeVisible();
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'admin');
  await expect(page.getByLabel('Nama', { exact: true })).toHaveValue('Puskesmas Antang');
  const save = page.getByRole('button', { name: 'Simpan', exact: true });
  await expect(save).toHaveAttribute('aria-disabled', 'true');

  await page.getByLabel('Nama', { exact: true }).fill('Puskesmas Bontoala');
  await expect(page.getByText('Ada perubahan yang belum disimpan.')).toBeVisible();
  await page.getByLabel('Alamat untuk kode QR').fill('bukan alamat');
  await save.click();
  await expect(page.getByText('Alamat harus diawali http://')).toBeVisible();
  await expect(page.getByLabel('Nama', { exact: true })).toHaveValue('Puskesmas Bontoala');
  await page.getByLabel('Alamat untuk kode QR').fill('');
  await save.click();
  await expect(page.getByText('Tersimpan.')).toBeVisible();
  await expect(kiosk.getByText('Puskesmas Bontoala')).toBeVisible();
});

test('who does not come is called again by itself, and comes back where the site wants it', async ({
  browser,
}) => {
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'admin');
  await page.getByText('Panggil ulang dan lewati otomatis').click();
  await page.getByText('3 kali', { exact: true }).click();
  await page.getByText('120 detik', { exact: true }).click();
  await page.getByText('Setelah 3 orang', { exact: true }).click();
  await page.getByText('5 orang', { exact: true }).click();
  await accessible(page, 'what happens about people who do not come');
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await expect(page.getByText('Tersimpan.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('switch', { name: /Panggil ulang dan lewati otomatis/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: '120 detik' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Setelah 5 orang' })).toBeChecked();
});

test('a logo is chosen, shown as paper shows it, and taken away again', async ({ browser }) => {
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'admin');
  const save = page.getByRole('button', { name: 'Simpan', exact: true });
  const chooser = page.locator('input[type=file][accept="image/*"]');
  await chooser.setInputFiles({ name: 'surat.pdf', mimeType: 'image/png', buffer: Buffer.from('%PDF-1.7') });
  await expect(page.getByText('Berkas itu bukan gambar')).toBeVisible();
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="1000"><circle cx="500" cy="500" r="450"/></svg>`;
  await chooser.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(drawing) });
  await expect(page.getByText('Berkas itu bukan gambar')).toBeHidden();
  const shown = page.getByAltText('Logo fasilitas');
  await expect(shown).toHaveJSProperty('naturalWidth', 192);
  await save.click();
  await expect(page.getByText('Tersimpan.')).toBeVisible();
  await page.reload();
  await expect(shown).toHaveJSProperty('naturalHeight', 96);
  await page.getByRole('button', { name: 'Hapus logo' }).click();
  await save.click();
  await expect(page.getByText('Tersimpan.')).toBeVisible();
  await expect(shown).toBeHidden();
});

test('the example sentence changes with how numbers are read', async ({ browser }) => {
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'admin');
  const example = page.getByTestId('example');
  await expect(example).toContainText('A, dua belas');
  await page.getByText('Angka demi angka').click();
  await expect(example).toContainText('A, nol, satu, dua');
  await page.getByText('Ulangi dalam bahasa Inggris').click();
  await expect(example).toContainText('zero, one, two');
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await expect(page.getByText('Tersimpan.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { name: /Angka demi angka/ })).toBeChecked();
});

test('a printer that does not answer is told in words', async ({ browser }) => {
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'admin');
  // Nobody listens on port 9 of this machine.
  await page.getByLabel('Alamat printer').fill('127.0.0.1:9');
  await page.getByRole('button', { name: 'Simpan dan cetak halaman uji' }).click();
  await expect(page.getByText(/Printer tidak menjawab|Alamat printer salah/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByLabel('Alamat printer')).toHaveValue('tcp://127.0.0.1:9');
});

test('machines with their devices are listed', async ({ browser }) => {
  await fetch(`${hub.address}/api/devices`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      machine: 'kiosk-1',
      nama: 'Kiosk pintu utama',
      mode: 'kiosk',
      devices: [{ kind: 'printer', state: 'fault', fault: 'out_of_paper' }],
    }),
  });
  const page = await open(browser, hub, '/settings/devices');
  await signIn(page, 'admin');
  await expect(page.getByText('Kiosk pintu utama', { exact: true })).toBeVisible();
  await expect(page.getByText('Printer: kertas habis – pasang gulungan baru')).toBeVisible();
});

test('staff who are no admins are told so', async ({ browser }) => {
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'sari');
  await expect(page.getByRole('heading', { name: 'Bagian ini bukan untuk akun Anda' })).toBeVisible();
});
