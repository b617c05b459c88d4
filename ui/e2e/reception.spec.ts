// The receptionist's desk on a real hub: scanning, searching, giving back, a new number, and a hub that goes away.
import { expect, test, type Page } from '@playwright/test';
import { Desk, Hub, register, type Given } from './hub';
import { open, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

async function openReception(browser: Parameters<typeof open>[0]): Promise<Page> {
  const page = await open(browser, hub, '/receptionist');
  await signIn(page, 'sari');
  await expect(page.getByTestId('card')).toBeVisible();
  return page;
}

/** Types as a scanner does: no pause between the keys, Enter at the end. */
async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** No two pauses alike: keys that come evenly are a slow scanner's. */
async function typeAsAPerson(page: Page, text: string): Promise<void> {
  const pauses = [95, 150, 70, 180, 60, 130, 165, 85];
  for (const [n, key] of [...text].entries())
    await page.keyboard.press(key, { delay: pauses[n % pauses.length]! });
}

const card = (page: Page) => page.getByTestId('card');
const dashed = (ticket: Given) => `${ticket.code.slice(0, 5)}-${ticket.code.slice(5)}`;

test('a scanner works wherever the focus is', async ({ browser }) => {
  const siti = await register(hub, 'umum', 'Siti Rahmawati');
  const made = await register(hub, 'gigi', 'I Made Sudarma');
  const page = await openReception(browser);

  await scan(page, `${hub.address}/t/${siti.code}`);
  await expect(page.getByTestId('card-number')).toHaveText(siti.nomor_antrean);
  await expect(card(page)).toContainText('Siti Rahmawati');
  await expect(card(page)).toContainText('Menunggu');
  await expect(page.getByTestId('place')).toContainText('orang di depan');

  // In the middle of typing a name for a new number: the scan is no part of that name.
  await page.keyboard.press('n');
  await page.getByRole('dialog').getByLabel('Nama').fill('Budi');
  await scan(page, made.code);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByTestId('card-number')).toHaveText(made.nomor_antrean);
  await page.keyboard.press('Escape');
  await expect(card(page)).toHaveAttribute('data-card', 'none');
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog').getByLabel('Nama')).toHaveValue('Budi');
});

test('a code that begins with a shortcut letter opens no dialog', async ({ browser }) => {
  const page = await openReception(browser);
  await scan(page, 'N7K3M9QX2T');
  await expect(card(page)).toHaveAttribute('data-card', 'unknown');
  await expect(card(page)).toContainText('Tidak ditemukan hari ini');
  await expect(card(page)).toContainText('N7K3M-9QX2T');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a code, a number and a name can be typed', async ({ browser }) => {
  const ticket = await register(hub, 'kia', 'Kartini Wulandari');
  const page = await openReception(browser);
  const box = page.getByRole('textbox', { name: 'Ketik kode, nomor, atau nama' });

  await page.keyboard.press('/');
  await expect(box).toBeFocused();
  await typeAsAPerson(page, dashed(ticket).toLowerCase());
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean);
  await expect(box).toHaveValue('');
  await page.keyboard.press('Escape');

  await box.fill(ticket.nomor_antrean.toLowerCase());
  await box.press('Enter');
  await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean);
  await page.keyboard.press('Escape');

  await box.fill('wulandari');
  await expect(page.locator('li[data-number]')).toHaveCount(1);
  await box.press('Enter');
  await expect(card(page)).toContainText('Kartini Wulandari');

  await box.fill('tidak mungkin ada');
  await expect(page.getByText('Tidak ada yang cocok')).toBeVisible();
  await page.getByRole('button', { name: 'Hapus pencarian' }).click();
  await expect(page.locator('li[data-number]').first()).toBeVisible();
});

test('a skipped number goes back to the queue, another is cancelled after a question', async ({
  browser,
}) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const skipped = await register(hub, 'gigi');
  const cancelled = await register(hub, 'gigi');
  await desk.act(skipped.id, 'call', 2);
  await desk.act(skipped.id, 'skip');
  const page = await openReception(browser);

  await scan(page, skipped.code);
  await expect(card(page)).toHaveAttribute('data-status', 'dilewati');
  await page.getByRole('button', { name: 'Kembalikan ke antrean' }).click();
  await expect(card(page)).toHaveAttribute('data-status', 'menunggu');
  await expect(page.getByText(`${skipped.nomor_antrean} kembali ke antrean`)).toBeVisible();

  await scan(page, cancelled.code);
  await page.getByRole('button', { name: 'Batalkan nomor…' }).click();
  await page.getByRole('button', { name: 'Tidak jadi' }).click();
  await expect(card(page)).toHaveAttribute('data-status', 'menunggu');
  await page.getByRole('button', { name: 'Batalkan nomor…' }).click();
  await page.getByRole('button', { name: `Ya, batalkan ${cancelled.nomor_antrean}` }).click();
  await expect(card(page)).toHaveAttribute('data-status', 'batal');
});

test('the open card follows the queue', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const ticket = await register(hub, 'gigi');
  const page = await openReception(browser);
  await scan(page, ticket.code);
  await expect(card(page)).toHaveAttribute('data-status', 'menunggu');
  await desk.act(ticket.id, 'call', 2);
  await expect(card(page)).toHaveAttribute('data-status', 'dipanggil');
  await expect(card(page)).toContainText('Dipanggil ke Loket 2');
});

test('a new number is given once, with what the visitor says', async ({ browser }) => {
  const page = await openReception(browser);
  const given: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/register')) given.push(request.headers()['idempotency-key'] ?? '');
  });
  await page.keyboard.press('n');
  await page.getByRole('button', { name: 'Beri nomor' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText('Pilih layanannya dulu.');
  await page.getByRole('dialog').getByText('KIA & Imunisasi').click();
  await page.getByRole('dialog').getByLabel('Nama').fill('Rosmini Tanpa Gawai');
  await page.getByRole('button', { name: 'Nomor HP, NIK, BPJS' }).click();
  await page.getByLabel('NIK').fill('123');
  await page.getByRole('button', { name: 'Beri nomor' }).click();
  await expect(page.getByText('NIK harus 16 angka sesuai KTP.')).toBeVisible();
  await expect(page.getByRole('dialog').getByLabel('Nama')).toHaveValue('Rosmini Tanpa Gawai');
  await page.getByLabel('NIK').fill('');

  // The answer is lost once: the same wish is sent again under the same key.
  let lost = 0;
  await page.route('**/api/register', async (route) => {
    if (lost++ === 0) {
      await route.fetch();
      await route.abort();
    } else await route.continue();
  });
  await page.getByRole('button', { name: 'Beri nomor' }).click();
  await expect(page.getByTestId('card-number')).toHaveText(/^C\d{3}$/);
  await expect(card(page)).toContainText('Nomor baru');
  await expect(card(page)).toContainText('Rosmini Tanpa Gawai');
  expect(given.at(-1)).toBe(given.at(-2));
  await page.getByRole('textbox', { name: 'Ketik kode' }).fill('rosmini tanpa');
  await expect(page.locator('li[data-number]')).toHaveCount(1);
});

test('when the hub is away the list stays, and says so', async ({ browser }) => {
  const ticket = await register(hub, 'umum', 'Nurhayati');
  const page = await openReception(browser);
  await expect(page.locator(`li[data-number="${ticket.nomor_antrean}"]`)).toBeVisible();
  await hub.kill();
  await expect(page.getByText('Sambungan ke hub terputus.')).toBeVisible();
  await expect(page.locator(`li[data-number="${ticket.nomor_antrean}"]`)).toBeVisible();
  await scan(page, ticket.code);
  await expect(card(page)).toHaveAttribute('data-card', 'failed');
  await hub.start();
  await expect(page.getByText('Terhubung')).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Coba lagi' }).click();
  await expect(page.getByTestId('card-number')).toHaveText(ticket.nomor_antrean);
});
