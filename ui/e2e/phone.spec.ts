// The phone page: honest while waiting, loud when it matters, clear when it is over.
import { expect, test } from '@playwright/test';
import { Desk, Hub, register } from './hub';
import { hearing, open } from './screens';

const hub = new Hub();
const PHONE = { width: 390, height: 844 };
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('people ahead count down while the page is only looked at', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const first = await register(hub, 'gigi');
  const own = await register(hub, 'gigi');
  const phone = await open(browser, hub, `/t/${own.code}`, PHONE);
  await expect(phone.getByText(/di depan Anda/)).toBeVisible();
  await desk.act(first.id, 'cancel');
  for (const other of await desk.waiting(2)) {
    if (other.id !== own.id) await desk.act(other.id, 'cancel');
  }
  await expect(phone.getByText('Anda berikutnya')).toBeVisible();
});

test('a call vibrates and takes the whole page; a recall vibrates again', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const own = await register(hub, 'gigi');
  const phone = await open(browser, hub, '/', PHONE, () => {
    const felt: unknown[] = [];
    Object.assign(window, { felt });
    navigator.vibrate = (pattern) => felt.push(pattern) > 0;
  });
  const told = hearing(phone);
  await phone.goto(`${hub.address}/t/${own.code}`);
  await expect(phone.getByTestId('number')).toBeVisible();
  await told;
  const felt = () => phone.evaluate(() => (window as unknown as { felt: unknown[] }).felt.length);
  await desk.act(own.id, 'call', 2);
  await expect(phone.getByTestId('turn')).toContainText('Loket 2');
  expect(await felt()).toBe(1);
  await desk.act(own.id, 'call', 2);
  await expect(phone.getByText('Anda dipanggil lagi')).toBeVisible();
  expect(await felt()).toBe(2);
});

test('skipped, returned, served, done and cancelled each say what to do', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const own = await register(hub, 'gigi');
  const phone = await open(browser, hub, `/t/${own.code}`, PHONE);
  await desk.act(own.id, 'call', 2);
  await desk.act(own.id, 'skip');
  await expect(phone.getByText('Nomor Anda terlewat')).toBeVisible();
  await expect(phone.getByText(/Temui petugas/)).toBeVisible();
  await desk.act(own.id, 'return');
  await expect(phone.getByText('Nomor antrean Anda')).toBeVisible();
  await desk.act(own.id, 'call', 2);
  await desk.act(own.id, 'serve');
  await expect(phone.getByText('Anda sedang dilayani')).toBeVisible();
  await desk.act(own.id, 'finish');
  await expect(phone.getByText('Sudah selesai')).toBeVisible();

  const other = await register(hub, 'gigi');
  await phone.goto(`${hub.address}/t/${other.code}`);
  await expect(phone.getByTestId('number')).toHaveText(other.nomor_antrean);
  await desk.act(other.id, 'cancel');
  await expect(phone.getByText('Nomor ini dibatalkan')).toBeVisible();
});

test('a wrong code and an unknown page are told apart', async ({ browser }) => {
  const phone = await open(browser, hub, '/t/XXXX-0000', PHONE);
  await expect(phone.getByText('Nomor tidak ditemukan')).toBeVisible();
  await phone.goto(`${hub.address}/entah/apa`);
  await expect(phone.getByText('Halaman ini tidak ada')).toBeVisible();
  await phone.getByRole('link', { name: 'Ke halaman awal' }).click();
  await expect(phone.getByRole('heading', { name: 'Layar ini untuk apa?' })).toBeVisible();
});

test('a code typed on the first page opens the number', async ({ browser }) => {
  const own = await register(hub, 'kia');
  const phone = await open(browser, hub, '/', PHONE);
  await phone.getByLabel('Kode nomor').fill(own.code.replace('-', '').toLowerCase());
  await phone.getByRole('button', { name: 'Buka' }).click();
  await expect(phone.getByTestId('number')).toHaveText(own.nomor_antrean);
});

test('offline is shown with the last known state, and ends by itself', async ({ browser }) => {
  const own = await register(hub, 'kia');
  const phone = await open(browser, hub, `/t/${own.code}`, PHONE);
  await expect(phone.getByTestId('number')).toHaveText(own.nomor_antrean);
  await hub.kill();
  await expect(phone.getByText('Terputus. Menyambung lagi…')).toBeVisible();
  await expect(phone.getByTestId('number')).toHaveText(own.nomor_antrean);
  await hub.start();
  await expect(phone.getByText('Terputus. Menyambung lagi…')).toBeHidden({ timeout: 20_000 });
});
