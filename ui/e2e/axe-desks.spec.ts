// Reception, setup and settings in their main states against the WCAG 2.2 AA rules that a machine can check.
import { expect, test } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub, register } from './hub';
import { open, signIn } from './screens';
import { asProgram, NEW_MACHINE } from './shell';

const hub = new Hub();
const newHub = new Hub(false);
test.beforeAll(async () => {
  await hub.start();
  await newHub.start();
});
test.afterAll(async () => {
  await hub.stop();
  await newHub.stop();
});

test('reception', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const [waiting, skipped, done] = [
    await register(hub, 'lansia', 'Daeng Lallo'),
    await register(hub, 'gigi'),
    await register(hub, 'gigi', 'I Made Sudarma'),
  ];
  await desk.act(skipped.id, 'call', 2);
  await desk.act(skipped.id, 'skip');
  await desk.act(done.id, 'cancel');
  const page = await open(browser, hub, '/receptionist');
  await signIn(page, 'sari');
  await expect(page.getByTestId('card')).toBeVisible();
  await accessible(page, 'ready');
  for (const [ticket, state] of [
    [waiting, 'waiting'],
    [skipped, 'skipped'],
    [done, 'cancelled'],
  ] as const) {
    await page.keyboard.type(ticket.code);
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean);
    await accessible(page, state);
  }
  await page.keyboard.type('0000000000');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('card')).toHaveAttribute('data-card', 'unknown');
  await accessible(page, 'unknown');
  await page.keyboard.press('n');
  await page.getByRole('button', { name: 'Nomor HP, NIK, BPJS' }).click();
  await page.getByLabel('NIK').fill('1');
  await page.getByRole('dialog').getByText('Poli Umum').click();
  await page.getByRole('button', { name: 'Beri nomor' }).click();
  await expect(page.getByText('NIK harus 16 angka')).toBeVisible();
  await accessible(page, 'new number with a mistake');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 390, height: 844 });
  await accessible(page, 'narrow');
});

test('settings', async ({ browser }) => {
  await fetch(`${hub.address}/api/devices`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      machine: 'kiosk-1',
      nama: 'Kiosk pintu utama',
      mode: 'kiosk',
      devices: [
        { kind: 'printer', state: 'fault', fault: 'out_of_paper' },
        { kind: 'speaker', state: 'ok', fault: null },
      ],
    }),
  });
  const page = await open(browser, hub, '/settings/devices');
  await signIn(page, 'admin');
  await expect(page.getByText('Kiosk pintu utama', { exact: true })).toBeVisible();
  await accessible(page, 'devices');
  await page.getByRole('link', { name: 'Fasilitas', exact: true }).click();
  await expect(page.getByLabel('Kota', { exact: true })).toBeVisible();
  await accessible(page, 'settings');
  await page.getByLabel('Alamat untuk kode QR').fill('x');
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await expect(page.getByText('Alamat harus diawali')).toBeVisible();
  await accessible(page, 'settings with a mistake');
});

test('setup', async ({ browser }) => {
  const page = await (
    await browser.newContext({ viewport: { width: 1000, height: 760 }, reducedMotion: 'reduce' })
  ).newPage();
  await asProgram(page, {
    settings: NEW_MACHINE,
    printers: [{ connection: 'usb://04b8:0e15', name: 'EPSON TM-T82' }],
    hubs: [{ id: 'a', name: 'Puskesmas Antang', version: '0.1.0', addresses: ['http://192.168.1.5:4040'] }],
  });
  await page.goto(`${newHub.address}/setup`);
  await expect(page.locator('[data-mode="tv"]')).toBeVisible();
  await accessible(page, 'mode');
  await page.locator('[data-mode="kiosk"]').click();
  await page.getByText('Ketik alamat hub').click();
  await page.getByRole('textbox', { name: 'Alamat hub' }).fill('x y');
  await page.getByRole('button', { name: 'Coba' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await accessible(page, 'hub, with a malformed address');
  await page.getByText('Komputer ini menjadi hub').click();
  await page.getByRole('button', { name: 'Lanjut' }).click();
  await expect(page.getByLabel('Nama fasilitas')).toBeVisible();
  await page.getByRole('button', { name: 'Lanjut' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await accessible(page, 'site, not filled in');
  await page.route('**/api/setup', (route) => route.fulfill({ json: { needed: false } }));
  for (const mode of ['kiosk', 'tv', 'receptionist']) {
    await page.reload();
    await page.locator(`[data-mode="${mode}"]`).click();
    await page.getByRole('button', { name: 'Lanjut' }).click();
    await expect(page.getByRole('heading', { name: 'Hampir selesai' })).toBeVisible();
    await accessible(page, `devices of ${mode}`);
  }
});
