// What must never end in a dead page: a part that is missing, a newer hub, news nobody knows, a session that ended.
import { expect, test, type Page } from '@playwright/test';
import { Desk, Hub, register } from './hub';
import { open, openTv, signIn } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

/** Marks the document, to see whether it is still the same one later. */
const mark = (page: Page) => page.evaluate(() => void ((window as { same?: boolean }).same = true));
// While the page goes, there is nobody to ask.
const isSame = (page: Page) =>
  page.evaluate(() => (window as { same?: boolean }).same === true).catch(() => false);

test('a part of the page that is missing is asked for again, and the page comes back by itself', async ({
  browser,
}) => {
  const page = await open(browser, hub, '/setup');
  let missing = true;
  await page.route('**/assets/Kiosk-*.js', (route) =>
    missing ? route.fulfill({ status: 404, body: '' }) : route.continue(),
  );
  await page.goto(`${hub.address}/kiosk`);
  await expect(page.getByTestId('crash')).toContainText('Dimuat ulang sendiri', { timeout: 30_000 });
  missing = false;
  await expect(page.locator('[data-service]').first()).toBeVisible({ timeout: 30_000 });
});

test('while the hub is away a broken page waits instead of leaving for the browser’s error page', async ({
  browser,
}) => {
  const page = await open(browser, hub, '/setup');
  await page.route('**/assets/Kiosk-*.js', (route) => route.abort());
  await page.goto(`${hub.address}/kiosk`);
  await expect(page.getByTestId('crash')).toBeVisible({ timeout: 30_000 });
  await page.route('**/api/site', (route) => route.abort());
  await page.getByRole('button', { name: 'Muat ulang sekarang' }).click();
  await expect(page.getByTestId('crash')).toContainText('Menunggu komputer utama');
});

test('a TV loads itself anew once the hub is newer, and not again', async ({ browser }) => {
  const tv = await openTv(browser, hub);
  await mark(tv);
  await tv.route('**/api/site', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), version: '99.0.0' } });
  });
  // Any change of the site has every screen ask who it is.
  const admin = await Desk.signIn(hub, 'admin');
  const settings = `${hub.address}/api/settings`;
  const headers = { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'application/json' };
  await fetch(settings, { method: 'POST', headers, body: JSON.stringify({ kota: 'Maros' }) });
  await expect.poll(() => isSame(tv), { timeout: 20_000 }).toBe(false);
  await expect(tv.locator('main')).toHaveAttribute('data-away', 'false');
  await mark(tv);
  const asked = tv.waitForResponse('**/api/site');
  await fetch(settings, { method: 'POST', headers, body: JSON.stringify({ kota: 'Makassar' }) });
  await asked;
  await expect.poll(() => isSame(tv)).toBe(true);
  // It would go on asking through this route, also a hub that is being stopped.
  await tv.context().close();
});

test('news of a kind that the page does not know harms nothing', async ({ browser }) => {
  const ticket = await register(hub, 'gigi');
  const context = await browser.newContext({ locale: 'id-ID', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (problem) => problems.push(problem.message));
  await page.routeWebSocket('**/ws', (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      socket.send(message);
      const seq = (JSON.parse(String(message)) as { seq?: number }).seq;
      if (seq === undefined) return;
      for (const data of [null, { ticket: null }, { guest: 7 }])
        socket.send(JSON.stringify({ seq, at: '', channel: 'display', type: 'GuestArrived', data }));
      socket.send(JSON.stringify({ at: '', channel: 'weather', type: 'RainBegan', data: {} }));
    });
  });
  await page.goto(`${hub.address}/tv`);
  await expect(page.locator('main')).toHaveAttribute('data-away', 'false');
  const desk = await Desk.signIn(hub, 'dewi');
  await desk.act(ticket.id, 'call', 2);
  await expect(page.getByTestId('big-call')).toContainText(ticket.nomor_antrean);
  expect(problems).toEqual([]);
});

test('an address that cannot be read is a number that is not known, not a blank page', async ({
  browser,
}) => {
  const page = await open(browser, hub, '/t/%E0%A4%A');
  await expect(page.getByRole('heading').first()).toBeVisible();
});

test('a session that ends on a changed form asks again over it, and what was typed is saved', async ({
  browser,
}) => {
  const page = await open(browser, hub, '/settings');
  await signIn(page, 'admin');
  const name = page.getByLabel('Nama', { exact: true });
  await name.fill('Puskesmas Antang Perumnas');
  const token = await page.evaluate(
    () => JSON.parse(sessionStorage.getItem('lobi.session')!).token as string,
  );
  await fetch(`${hub.address}/api/logout`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  // Nobody touched anything: the live line tells that the session is over.
  const dialog = page.getByRole('dialog', { name: 'Sesi Anda sudah berakhir' });
  await expect(dialog.getByLabel('Nama pengguna')).toHaveValue('admin');
  await page.keyboard.press('Escape');
  await dialog.getByLabel('Kata sandi', { exact: true }).fill('lobi-demo');
  await dialog.getByRole('button', { name: 'Masuk', exact: true }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Simpan', exact: true }).click();
  await expect(page.getByText('Sudah berlaku di semua layar')).toBeVisible();
  await expect(name).toHaveValue('Puskesmas Antang Perumnas');
});
