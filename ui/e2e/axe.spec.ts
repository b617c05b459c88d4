// Every screen in its main states against the WCAG 2.2 AA rules that a machine can check.
import { expect, test } from '@playwright/test';
import { accessible } from './accessible';
import { Desk, Hub, register } from './hub';
import { chooseLoket, open, openKiosk, openTv, settled, signIn, touch } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('start and unknown page', async ({ browser }) => {
  const page = await open(browser, hub, '/');
  await expect(page.getByText('Puskesmas Antang')).toBeVisible();
  await accessible(page, 'start');
  await page.getByRole('button', { name: 'English' }).click();
  await accessible(page, 'start in English');
  await page.goto(`${hub.address}/ngawur`);
  await accessible(page, 'unknown');
});

test('kiosk', async ({ browser }) => {
  const page = await openKiosk(browser, hub);
  await accessible(page, 'services');
  await page.getByRole('button', { name: 'Huruf besar' }).click();
  await page.getByRole('button', { name: 'Tampilan lebih jelas' }).click();
  await accessible(page, 'big text and high contrast');
  await touch(page, 'umum');
  await accessible(page, 'number in high contrast');
  await page.reload();
  await touch(page, 'lansia');
  await accessible(page, 'number');
  await page.route('**/api/register', (route) => route.abort());
  await page.reload();
  await expect(page.locator('[data-service]').first()).toBeVisible();
  await settled(page);
  await page.locator('[data-service="umum"]').click();
  await expect(page.getByText('Mesin sedang menyambung…')).toBeVisible();
  await accessible(page, 'connecting');
});

test('a kiosk without services', async ({ browser }) => {
  const page = await open(browser, hub, '/', { width: 1080, height: 1920 });
  await page.route('**/api/services', (route) => route.fulfill({ json: { services: [], seq: 1 } }));
  await page.goto(`${hub.address}/kiosk`);
  await expect(page.getByText('Loket sedang tutup')).toBeVisible();
  await accessible(page, 'closed');
});

test('counter', async ({ browser }) => {
  for (let i = 0; i < 3; i++) await register(hub, 'umum', 'Siti Rahmawati');
  await register(hub, 'lansia');
  const page = await open(browser, hub, '/counter');
  await expect(page.getByText('Mode demo')).toBeVisible();
  await accessible(page, 'sign in');
  await signIn(page, 'rina', 'salah');
  await expect(page.getByRole('alert')).toBeVisible();
  await accessible(page, 'wrong password');
  await signIn(page, 'rina');
  await expect(page.getByRole('heading', { name: /Halo/ })).toBeVisible();
  await accessible(page, 'choose counter');
  await (await Desk.signIn(hub, 'rina')).clear(3);
  await chooseLoket(page, 3);
  await page.keyboard.press('Space');
  await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'dipanggil');
  await accessible(page, 'called');
  await page.keyboard.press('s');
  await expect(page.getByTestId('current')).toHaveAttribute('data-status', 'none');
  await page.getByRole('button', { name: /^Dilewati/ }).click();
  await accessible(page, 'skipped, with undo');
  await page.getByRole('button', { name: /^Menunggu/ }).click();
  await page
    .getByRole('button', { name: /^Tindakan untuk/ })
    .first()
    .click();
  await accessible(page, 'row menu');
  await page.getByRole('menuitem', { name: 'Batalkan nomor…' }).click();
  await accessible(page, 'cancel dialog');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await accessible(page, 'help');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 390, height: 844 });
  await accessible(page, 'narrow');
});

test('TV', async ({ browser }) => {
  const page = await openTv(browser, hub);
  await accessible(page, 'before a call');
  const desk = await Desk.signIn(hub, 'dewi');
  await register(hub, 'gigi');
  await desk.callNext(2);
  await expect(page.getByText('Sekarang dipanggil')).toBeVisible();
  await accessible(page, 'a call');
});

test('a TV without calls', async ({ browser }) => {
  const page = await open(browser, hub, '/', { width: 1920, height: 1080 });
  await page.routeWebSocket('**/ws', () => undefined);
  await page.route('**/api/display', (route) =>
    route.fulfill({ json: { current: [], recent: [], waiting_count: 0, seq: 1_000_000 } }),
  );
  await page.goto(`${hub.address}/tv`);
  await expect(page.getByText('Belum ada panggilan')).toBeVisible();
  await accessible(page, 'no calls');
});

test('phone', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const ticket = await register(hub, 'gigi');
  const page = await open(browser, hub, `/t/${ticket.code}`, { width: 390, height: 844 });
  await expect(page.getByTestId('number')).toBeVisible();
  await accessible(page, 'waiting');
  await desk.act(ticket.id, 'call', 2);
  await expect(page.getByTestId('turn')).toBeVisible();
  await accessible(page, 'turn');
  await desk.act(ticket.id, 'skip');
  await expect(page.getByText('Nomor Anda terlewat')).toBeVisible();
  await accessible(page, 'skipped');
  await desk.act(ticket.id, 'cancel');
  await expect(page.getByText('Nomor ini dibatalkan')).toBeVisible();
  await accessible(page, 'cancelled');
  await page.goto(`${hub.address}/t/NOPE-NOPE`);
  await expect(page.getByText('Nomor tidak ditemukan')).toBeVisible();
  await accessible(page, 'unknown code');
});
