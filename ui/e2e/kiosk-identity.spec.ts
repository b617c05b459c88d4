// Who somebody is, said at the kiosk: switched on at a desk, typed on the glass, shown to a scanner, mended, taken back.
import { expect, test, type Page } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub } from './hub';
import { open, openKiosk, settled, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

const CARD = '0009876543210';
const who = (kiosk: Page) => kiosk.getByTestId('who');

async function type(kiosk: Page, digits: string): Promise<void> {
  for (const digit of digits) await kiosk.getByRole('button', { name: digit, exact: true }).click();
}

async function done(kiosk: Page): Promise<string> {
  const number = await kiosk.getByTestId('number').innerText();
  await settled(kiosk);
  await kiosk.getByRole('button', { name: 'Selesai' }).click();
  return number;
}

test('an admin lets visitors say who they are, and one types a card with a finger', async ({ browser }) => {
  const kiosk = await openKiosk(browser, hub);
  await expect(who(kiosk)).toHaveCount(0);
  const desk = await open(browser, hub, '/settings');
  await signIn(desk, 'admin');
  await desk.getByText('Pengunjung boleh mengetik nomor kartu BPJS, KTP, atau HP').click();
  await desk.getByRole('button', { name: 'Simpan', exact: true }).click();
  await expect(desk.getByText('Tersimpan')).toBeVisible();

  await who(kiosk).click();
  await expect(kiosk.getByRole('dialog')).toBeVisible();
  await accessible(kiosk, 'the keypad');
  await kiosk.getByRole('button', { name: 'Pakai nomor ini' }).click();
  await expect(kiosk.getByText('Angkanya belum lengkap. Periksa lagi.')).toBeVisible();
  await type(kiosk, `${CARD}9`);
  await kiosk.getByRole('button', { name: 'Hapus satu angka' }).click();
  await expect(kiosk.getByRole('status').filter({ hasText: 'Kartu BPJS' })).toBeVisible();
  await kiosk.getByRole('button', { name: 'Pakai nomor ini' }).click();
  await expect(who(kiosk)).toHaveText(/Kartu BPJS •••• 3210/);
  await accessible(kiosk, 'a kiosk that knows who it is');
  await settled(kiosk);
  await kiosk.locator('[data-service="gigi"]').click();
  const number = await done(kiosk);

  // The next visitor is somebody else.
  await expect(who(kiosk)).toHaveText('Pakai kartu BPJS, KTP, atau HP');
  const rina = await Desk.signIn(hub, 'rina');
  const found = await fetch(`${hub.address}/api/patients?q=${CARD.slice(-4)}`, {
    headers: { Authorization: `Bearer ${rina.token}` },
  });
  expect(((await found.json()) as { patients: unknown[] }).patients).toHaveLength(1);
  expect(number).toMatch(/^B\d{3}$/);
});

test('a card that a scanner reads is known at once, and a second number is refused without telling the first', async ({
  browser,
}) => {
  const kiosk = await openKiosk(browser, hub);
  await expect(who(kiosk)).toBeVisible();
  await expect(async () => {
    await kiosk.keyboard.type(CARD, { delay: 4 });
    await kiosk.keyboard.press('Enter');
    await expect(who(kiosk)).toHaveText(/Kartu BPJS •••• 3210/, { timeout: 2_000 });
  }).toPass();
  await settled(kiosk);
  await kiosk.locator('[data-service="gigi"]').click();
  await expect(kiosk.getByRole('status')).toContainText('sudah');
  await expect(kiosk.getByRole('status')).not.toContainText(/[A-Z]\d{3}/);
  await settled(kiosk);
  await kiosk.getByRole('button', { name: 'Kembali ke layanan' }).click();
  // Whoever comes now does not inherit the card.
  await expect(who(kiosk)).toHaveText('Pakai kartu BPJS, KTP, atau HP');
});

test('a wrong NIK is said in one sentence and mended on the keypad; what was said can be taken back', async ({
  browser,
}) => {
  const kiosk = await openKiosk(browser, hub);
  await who(kiosk).click();
  await expect(kiosk.getByRole('textbox')).toBeFocused();
  // Keys of a keyboard do the same.
  await kiosk.keyboard.type('7371119913900001', { delay: 90 });
  await expect(kiosk.getByRole('textbox')).toHaveValue('7371 1199 1390 0001');
  await kiosk.keyboard.press('Enter');
  await expect(who(kiosk)).toHaveText(/KTP •••• 0001/);
  await settled(kiosk);
  await kiosk.locator('[data-service="umum"]').click();
  await expect(kiosk.getByText(/bukan tanggal lahir/)).toBeVisible();
  await settled(kiosk);
  await kiosk.getByRole('button', { name: 'Kembali ke layanan' }).click();
  await expect(kiosk.getByRole('textbox')).toHaveValue('7371 1199 1390 0001');
  await kiosk.getByRole('button', { name: 'Hapus semua' }).click();
  await type(kiosk, '081355550123');
  await kiosk.getByRole('button', { name: 'Pakai nomor ini' }).click();
  await expect(who(kiosk)).toHaveText(/HP •••• 0123/);
  await kiosk.getByRole('button', { name: 'Jangan pakai HP •••• 0123' }).click();
  await expect(who(kiosk)).toHaveText('Pakai kartu BPJS, KTP, atau HP');
  await settled(kiosk);
  await kiosk.locator('[data-service="umum"]').click();
  expect(await done(kiosk)).toMatch(/^A\d{3}$/);
});
