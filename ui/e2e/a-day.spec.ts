// The whole story: a number is taken, called, shown, recalled, served and finished, and the hub dies in between.
import { expect, test } from '@playwright/test';
import { Desk, Hub, register } from './hub';
import { callsSeen, open, openCounter, openKiosk, openTv, takeNumber } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('a number is taken, called by key, shown, recalled, served, finished; another is skipped and returned', async ({
  browser,
}) => {
  // Whoever the demonstration left waiting goes home, so that the story is about two numbers.
  const rina = await Desk.signIn(hub, 'rina');
  for (const other of await rina.waiting(3)) await rina.act(other.id, 'cancel');
  await rina.clear(3);
  const kiosk = await openKiosk(browser, hub);
  const counter = await openCounter(browser, hub, 'rina', 3);
  const tv = await openTv(browser, hub);
  const current = counter.getByTestId('current-number');
  const big = tv.getByTestId('big-call');

  const number = await takeNumber(kiosk, 'umum');
  await expect(counter.locator(`li[data-number="${number}"]`)).toBeVisible();

  await counter.keyboard.press('Space');
  await expect(current).toHaveText(number);
  await expect(big).toHaveAttribute('data-number', number);
  await expect(big).toContainText('Loket 3');

  await counter.keyboard.press('u');
  await expect(counter.getByText('Dipanggil 2×')).toBeVisible();
  await expect(tv.getByText('Dipanggil lagi')).toBeVisible({ timeout: 15_000 });

  await counter.keyboard.press('l');
  await expect(counter.getByTestId('current')).toHaveAttribute('data-status', 'sedang_dilayani');
  await counter.keyboard.press('Enter');
  await expect(counter.getByTestId('current')).toHaveAttribute('data-status', 'none');
  await expect(counter.getByText(`${number} selesai`)).toBeVisible();

  const other = await takeNumber(kiosk, 'umum');
  await expect(counter.locator(`li[data-number="${other}"]`)).toBeVisible();
  await counter.keyboard.press('Space');
  await expect(current).toHaveText(other);
  await counter.keyboard.press('s');
  await expect(counter.getByTestId('current')).toHaveAttribute('data-status', 'none');
  await counter.getByRole('button', { name: /^Dilewati/ }).click();
  await counter.locator(`li[data-number="${other}"]`).getByRole('button', { name: 'Kembalikan' }).click();
  await counter.getByRole('button', { name: /^Menunggu/ }).click();
  await expect(counter.locator(`li[data-number="${other}"]`)).toBeVisible();

  const seen = await callsSeen(tv);
  expect(seen.filter((one) => one === number)).toHaveLength(2);
});

test('two calls right after each other are both shown, in their order', async ({ browser }) => {
  const rina = await Desk.signIn(hub, 'rina');
  const dewi = await Desk.signIn(hub, 'dewi');
  await register(hub, 'umum');
  await register(hub, 'gigi');
  const tv = await openTv(browser, hub);
  const one = await rina.callNext(1);
  const two = await dewi.callNext(2);
  const shown = [one.nomor_antrean, two.nomor_antrean];
  // How long each stays alone is tested with a fake clock, in announcer.test.ts.
  await expect.poll(() => callsSeen(tv), { timeout: 15_000 }).toEqual(shown);
  await expect(tv.getByTestId('big-call')).toHaveAttribute('data-number', shown[1]!);
  // The earlier one stands beside the newer one.
  await expect(tv.locator('li', { hasText: shown[0]! })).toBeVisible();
});

test('the hub dies and comes back: the counter needs no reload, the TV misses and repeats nothing', async ({
  browser,
}) => {
  for (let i = 0; i < 3; i++) await register(hub, 'umum');
  await (await Desk.signIn(hub, 'rina')).clear(1);
  const counter = await openCounter(browser, hub, 'rina', 1);
  const tv = await openTv(browser, hub);
  const current = counter.getByTestId('current-number');
  await counter.evaluate(() => ((window as { notReloaded?: boolean }).notReloaded = true));

  await counter.keyboard.press('Space');
  const first = await current.innerText();
  await expect.poll(() => callsSeen(tv)).toEqual([first]);
  await counter.keyboard.press('l');
  await expect(counter.getByTestId('current')).toHaveAttribute('data-status', 'sedang_dilayani');

  await hub.kill();
  await expect(counter.getByText('Menyambung…')).toBeVisible();
  await expect(current).toHaveText(first);
  await expect(tv.locator('main')).toHaveAttribute('data-away', 'true');

  // Pressed while the hub is away: the wish is kept and comes true once.
  await counter.keyboard.press('Space');
  await hub.start();
  await expect(current).not.toHaveText(first, { timeout: 20_000 });
  const second = await current.innerText();
  await expect(counter.getByText('Terhubung')).toBeVisible();
  expect(await counter.evaluate(() => (window as { notReloaded?: boolean }).notReloaded)).toBe(true);

  await expect.poll(() => callsSeen(tv), { timeout: 20_000 }).toEqual([first, second]);
  await tv.reload();
  await expect(tv.getByTestId('big-call')).toHaveAttribute('data-number', second);
  // What was announced is not announced again: the next call is the next thing said.
  await (await Desk.signIn(hub, 'rina')).callNext(1);
  await expect(tv.getByTestId('big-call')).not.toHaveAttribute('data-number', second);
  expect((await callsSeen(tv)).slice(0, 2)).toEqual([first, second]);
  expect(await callsSeen(tv)).toHaveLength(3);
});

test('a call made while the TV reloads is announced afterwards', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  await register(hub, 'gigi');
  await register(hub, 'gigi');
  const tv = await openTv(browser, hub, '?poli=gigi');
  const one = await desk.callNext(2);
  await expect.poll(() => callsSeen(tv)).toEqual([one.nomor_antrean]);
  await tv.goto('about:blank');
  const two = await desk.callNext(2);
  await tv.goto(`${hub.address}/tv?poli=gigi`);
  await expect.poll(() => callsSeen(tv)).toEqual([one.nomor_antrean, two.nomor_antrean]);
});

test('a TV for one poli stays quiet about the others', async ({ browser }) => {
  const rina = await Desk.signIn(hub, 'rina');
  const dewi = await Desk.signIn(hub, 'dewi');
  await register(hub, 'umum');
  await register(hub, 'gigi');
  const tv = await openTv(browser, hub, '?poli=gigi');
  await rina.callNext(1);
  const own = await dewi.callNext(2);
  await expect.poll(() => callsSeen(tv)).toEqual([own.nomor_antrean]);
});

test('the phone turns to "giliran Anda" and tells how it ended', async ({ browser }) => {
  const ticket = await register(hub, 'gigi');
  const desk = await Desk.signIn(hub, 'dewi');
  const phone = await open(browser, hub, `/t/${ticket.code}`, { width: 390, height: 844 });
  await expect(phone.getByTestId('number')).toHaveText(ticket.nomor_antrean);
  await desk.act(ticket.id, 'call', 2);
  await expect(phone.getByText('Giliran Anda')).toBeVisible();
  await expect(phone.getByTestId('turn')).toContainText('Loket 2');
  await expect(phone).toHaveTitle(/Giliran Anda/);
  await desk.act(ticket.id, 'finish');
  await expect(phone.getByText('Sudah selesai')).toBeVisible();
});
