// The setup window on a real, new hub, with a stand-in for the desktop program around it.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { Hub } from './hub';
import { asProgram, NEW_MACHINE, type Shell } from './shell';

const hub = new Hub(false);
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

async function openSetup(browser: Browser, changes: Partial<Shell> = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1000, height: 760 },
    locale: 'id-ID',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await asProgram(page, changes);
  await page.goto(`${hub.address}/setup`);
  return page;
}

const started = (page: Page) => page.evaluate(() => window.shell.started);
const written = (page: Page) => page.evaluate(() => window.shell.written);
const next = (page: Page) => page.getByRole('button', { name: 'Lanjut' });

test('a hub found on the network is chosen, and a TV gets its room', async ({ browser }) => {
  const page = await openSetup(browser, {
    hubs: [
      { id: 'situs-1', name: 'Puskesmas Antang', version: '0.1.0', addresses: ['http://192.168.1.5:4040'] },
    ],
  });
  await page.route('**/api/setup', (route) => route.fulfill({ json: { needed: false } }));
  await page.getByRole('button', { name: /^TV ruang tunggu/ }).click();
  await page.getByText('Puskesmas Antang').click();
  await next(page).click();
  await expect(page.getByRole('heading', { name: 'Suara' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Printer' })).toBeHidden();
  await page.getByLabel('Ruang').fill('lantai-2');
  await page.getByRole('button', { name: 'Coba suara' }).click();
  await expect(page.getByText('Sudah dibacakan.')).toBeVisible();
  await page.getByRole('button', { name: 'Mulai' }).click();
  await expect.poll(() => started(page)).toBe(true);
  const all = await written(page);
  // Until the end no mode is kept: switched off in between, the machine asks again.
  expect(all[0]).toMatchObject({ mode: null, hub: { here: false, url: 'http://192.168.1.5:4040' } });
  expect(all.at(-1)).toMatchObject({ mode: 'tv', zone: 'lantai-2', hub: { id: 'situs-1' } });
});

test('a typed address is tried before it is taken', async ({ browser }) => {
  const words = 'Tidak ada yang menjawab di alamat itu.';
  const page = await openSetup(browser, { refusals: { try_hub: { code: 'hub_away', message: words } } });
  await page.getByRole('button', { name: /^Loket petugas/ }).click();
  await page.getByText('Ketik alamat hub').click();
  await page.getByRole('textbox', { name: 'Alamat hub' }).fill('bukan alamat');
  await next(page).click();
  await expect(page.getByRole('alert')).toContainText('Alamat itu tidak dikenali');
  await page.getByRole('textbox', { name: 'Alamat hub' }).fill('192.168.1.77');
  await next(page).click();
  await expect(page.getByRole('alert')).toHaveText(words);
  expect(await written(page)).toHaveLength(0);
  // Nothing is lost on the way back.
  await page.getByRole('button', { name: 'Kembali' }).click();
  await page.getByRole('button', { name: /^Loket petugas/ }).click();
  await expect(page.getByRole('textbox', { name: 'Alamat hub' })).toHaveValue('192.168.1.77');
});

test('a data folder that is already served is told in the program’s words', async ({ browser }) => {
  const words = 'Folder data /var/lib/lobi sedang dipakai hub lain (proses 812).';
  const page = await openSetup(browser, {
    refusals: { settings_write: { code: 'hosting', message: words } },
  });
  await page.getByRole('button', { name: /^Ambil nomor/ }).click();
  await next(page).click();
  await expect(page.getByRole('alert')).toHaveText(words);
  await expect(page.getByRole('heading', { name: 'Komputer utama (hub) di mana?' })).toBeVisible();
});

test('this computer becomes the hub of a new site, with the keyboard alone', async ({ browser }) => {
  const page = await openSetup(browser, {
    printers: [{ connection: 'usb://04b8:0e15', name: 'EPSON TM-T82' }],
  });
  await page.locator('[data-mode="kiosk"]').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Komputer utama (hub) di mana?' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('radio', { name: /Komputer ini/ })).toBeChecked();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Fasilitas apa ini?' })).toBeVisible();

  await page.getByLabel('Nama fasilitas').fill('Klinik Melati');
  await page.getByLabel('Kota').fill('Gowa');
  await page.getByText('Klinik', { exact: true }).click();
  await page.getByText('WITA', { exact: true }).click();
  await page.getByLabel('Nama Anda').fill('Ratna');
  await page.getByLabel('Kata sandi', { exact: true }).fill('rahasia');
  await page.getByLabel('Ulangi kata sandi').fill('rahasia');
  await next(page).click();
  await expect(page.getByText('Kata sandi paling sedikit 8 huruf.')).toBeVisible();
  await page.getByLabel('Kata sandi', { exact: true }).fill('rahasia-kami');
  await next(page).click();
  await expect(page.getByText('Kedua kata sandi tidak sama.')).toBeVisible();
  await page.getByLabel('Ulangi kata sandi').fill('rahasia-kami');
  await next(page).click();

  await expect(page.getByRole('heading', { name: 'Hampir selesai' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Tanpa printer' })).toBeChecked();
  await page.getByText('Ketik alamatnya').click();
  await expect(page.getByLabel('Alamat printer')).toBeVisible();
  await page.getByText('EPSON TM-T82').click();
  await page.getByText('80 mm', { exact: true }).click();
  await page.getByRole('button', { name: 'Cetak halaman uji' }).click();
  await expect(page.getByText('Halaman uji sudah keluar.')).toBeVisible();
  // Only a person sees whether the code came out as a code: it did not, and is sent as dots from now on.
  await page.getByRole('button', { name: 'Tidak, hanya huruf' }).click();
  await expect(page.getByText('Bila masih bukan kotak')).toBeVisible();
  await page.getByRole('button', { name: 'Ya, tampak' }).click();
  await expect(page.getByText('tampak kode QR')).toBeHidden();
  await page.getByLabel('Nama perangkat').fill('Kiosk pintu utama');
  await page.getByRole('button', { name: 'Mulai' }).click();
  await expect.poll(() => started(page)).toBe(true);
  expect((await written(page)).at(-1)).toMatchObject({
    mode: 'kiosk',
    name: 'Kiosk pintu utama',
    hub: { here: true },
    printer: { connection: 'usb://04b8:0e15', width: '80', qr: 'dots' },
  });
  const site = (await (await fetch(`${hub.address}/api/site`)).json()) as { name: string; zone: string };
  expect(site).toMatchObject({ name: 'Klinik Melati', zone: 'WITA' });
});

test('a machine at work shows its settings and starts afresh with new ones', async ({ browser }) => {
  const settings = {
    ...NEW_MACHINE,
    mode: 'kiosk',
    name: 'Kiosk 1',
    hub: { ...NEW_MACHINE.hub, here: false, url: 'http://192.168.1.5:4040', id: 'situs-1' },
    printer: {
      connection: 'tcp://192.168.1.50:9100',
      width: '58',
      code_page: 'pc437',
      qr: 'native',
      cutter: true,
    },
  };
  const page = await openSetup(browser, { settings });
  await page.route('**/api/setup', (route) => route.fulfill({ json: { needed: false } }));
  await expect(page.getByRole('heading', { name: 'Pengaturan perangkat ini' })).toBeVisible();
  await expect(page.getByLabel('Alamat printer')).toHaveValue('tcp://192.168.1.50:9100');
  await expect(page.getByRole('textbox', { name: 'Alamat hub' })).toHaveValue('http://192.168.1.5:4040');
  await page.getByText('Tanpa printer').click();
  await page.getByText('TV ruang tunggu').click();
  await page.getByRole('button', { name: 'Simpan dan mulai' }).click();
  await expect.poll(() => started(page)).toBe(true);
  expect((await written(page)).at(-1)).toMatchObject({
    mode: 'tv',
    printer: null,
    hub: { url: 'http://192.168.1.5:4040', id: 'situs-1' },
  });
});

test('in a browser, once the hub is set up, the page says where to go', async ({ browser }) => {
  const page = await browser.newPage();
  const state = { needed: false, needs_code: false, kode: null };
  await page.route('**/api/setup', (route) => route.fulfill({ json: state }));
  await page.goto(`${hub.address}/setup`);
  await expect(page.getByRole('heading', { name: 'Hub ini sudah disiapkan' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Pengaturan fasilitas' })).toHaveAttribute('href', '/settings');
});
