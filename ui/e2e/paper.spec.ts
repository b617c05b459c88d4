// Paper at the kiosk, and what everybody sees when none comes.
import { expect, test, type Page } from '@playwright/test';
import { Desk, Hub } from './hub';
import { openCounter, settled, touch } from './screens';
import { openInShell } from './shell';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

async function openPrinting(browser: Parameters<typeof openInShell>[0], printer: string | null) {
  const kiosk = await openInShell(browser, hub, { mode: 'kiosk', printer });
  await expect(kiosk.locator('[data-service]').first()).toBeVisible();
  return kiosk;
}
const number = async (kiosk: Page) => (await kiosk.getByTestId('number').innerText()).trim();

test('a touch prints, the visitor is told to take it, and the counter sees it', async ({ browser }) => {
  const kiosk = await openPrinting(browser, null);
  await kiosk.evaluate(() => (window.shell.printMs = 1_200));
  await touch(kiosk, 'umum');
  await expect(kiosk.getByText('Nomor sedang dicetak…')).toBeVisible();
  await expect(kiosk.getByText('Ambil kertas Anda')).toBeVisible();
  const given = await number(kiosk);
  const [paper] = await kiosk.evaluate(() => window.shell.printed);
  expect(JSON.stringify(paper)).toContain(given);
  expect(JSON.stringify(paper)).toMatch(/"kind":"qr"|"qr"/);
  const counter = await openCounter(browser, hub, 'rina', 3);
  await expect(counter.locator(`[data-number="${given}"] [data-paper="printed"]`)).toBeVisible();
  await kiosk.context().close();
  await counter.context().close();
});

for (const [fault, words] of [
  ['out_of_paper', /kertas habis – pasang gulungan baru/],
  ['cover_open', /penutup printer terbuka – tutup/],
  ['offline', /printer tidak menjawab – nyalakan/],
  ['hung_up', /berhenti di tengah cetakan/],
  ['wrong_address', /alamat printer salah/],
] as const) {
  test(`${fault}: the number is given all the same, and staff are told`, async ({ browser }) => {
    const counter = await openCounter(browser, hub, 'rina', 3);
    const kiosk = await openPrinting(browser, null);
    await kiosk.evaluate((fault) => (window.shell.printer = fault), fault);
    await touch(kiosk, 'umum');
    await expect(kiosk.getByText('Kertas belum keluar')).toBeVisible();
    await expect(kiosk.locator('[data-paper="failed"]')).toContainText(words);
    const given = await number(kiosk);
    await expect(counter.getByTestId('alerts')).toContainText(words);
    await expect(counter.locator(`[data-number="${given}"] [data-paper="failed"]`)).toBeVisible();
    await settled(kiosk);
    await kiosk.getByRole('button', { name: 'Selesai' }).click();
    await expect(kiosk.getByTestId('no-paper')).toBeVisible();
    // Waved away here, and gone by itself once it is mended.
    await counter.getByRole('button', { name: 'Sembunyikan peringatan ini' }).first().click();
    await expect(counter.getByTestId('alerts')).toBeHidden();
    await kiosk.evaluate(() => (window.shell.printer = null));
    await settled(kiosk);
    await touch(kiosk, 'umum');
    await expect(kiosk.getByText('Ambil kertas Anda')).toBeVisible();
    await kiosk.context().close();
    await counter.context().close();
  });
}

test('staff hold the corner and leave with the password, typed on the glass', async ({ browser }) => {
  const kiosk = await openPrinting(browser, null);
  for (let i = 0; i < 5; i++) await kiosk.mouse.click(40, 40);
  const door = kiosk.getByRole('dialog', { name: 'Untuk petugas' });
  await expect(door).toBeVisible();
  for (const letter of 'salah') await door.getByRole('button', { name: letter, exact: true }).click();
  await door.getByRole('button', { name: 'Keluar' }).click();
  await expect(door.getByRole('alert')).toHaveText('Nama pengguna atau kata sandi salah.');
  for (const letter of 'lobi-demo') await door.getByRole('button', { name: letter, exact: true }).click();
  await door.getByRole('button', { name: 'Keluar' }).click();
  await expect(door).toBeHidden();
  expect(await kiosk.evaluate(() => window.shell.doors)).toEqual(['leave']);
});

test('in the TV window a call is heard by clips, an announcement by the voice of the machine', async ({
  browser,
}) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const tv = await openInShell(browser, hub, { mode: 'tv' }, { width: 1920, height: 1080 });
  await expect(tv.locator('main')).toHaveAttribute('data-away', 'false');
  await desk.announce('Parkir penuh.');
  await expect.poll(() => tv.evaluate(() => window.shell.said)).toEqual(['Parkir penuh.']);
  await tv.context().close();
});
