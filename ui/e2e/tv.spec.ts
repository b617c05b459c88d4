// The TV as the room has it: it can be heard, it fits every glass, and it tells nobody's name.
import { expect, test, type Browser, type Page } from '@playwright/test';
import { chromium } from '../playwright.config';
import { Desk, Hub, register } from './hub';
import { callsSeen, open, openTv } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('every call chimes once and is then said, by one of two TVs in the room', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  await register(hub, 'gigi');
  const first = await openHeard(browser, '/tv?poli=gigi');
  const second = await openHeard(browser, '/tv?poli=gigi');
  const heard = async () => [...(await sounds(first)), ...(await sounds(second))];
  const called = await desk.callNext(2);
  await expect.poll(heard).toHaveLength(2);
  const [chime, sentence] = (await heard()).map((one) => one.seconds);
  expect(chime).toBeGreaterThan(1);
  expect(chime).toBeLessThan(2.5);
  expect(sentence).toBeGreaterThan(2.5);
  await desk.act(called.id, 'call', 2);
  await expect.poll(heard, { timeout: 20_000 }).toHaveLength(4);
  // Had the other TV spoken as well, it would have before this one ends.
  await desk.act(called.id, 'call', 2);
  await expect.poll(async () => (await heard()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(6);
  expect(await heard()).toHaveLength(6);
  for (const tv of [await sounds(first), await sounds(second)]) {
    for (const [index, one] of tv.entries()) {
      const before = tv[index - 1];
      if (before) expect(one.at - before.at, 'one sound after the other').toBeGreaterThan(before.seconds);
    }
  }
  await first.context().close();
  await second.context().close();
});

test('an announcement is shown large, and the calls come back after it', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const tv = await openTv(browser, hub);
  await desk.announce('Pengemudi mobil DD 1234 AB, mohon pindahkan kendaraan Anda.');
  await expect(tv.getByTestId('message')).toContainText('DD 1234 AB');
  await expect(tv.getByTestId('message')).toBeHidden({ timeout: 15_000 });
  await expect(tv.getByTestId('big-call')).toBeVisible();
});

test('a browser TV is told its room and its quiet hours', async ({ browser }) => {
  const tv = await openTv(browser, hub);
  await tv.mouse.move(300, 300);
  await tv.getByRole('button', { name: 'Pengaturan TV' }).click();
  await tv.getByLabel('Ruangan').fill('lantai 2');
  await tv.getByLabel('dari').fill('00:00');
  await tv.getByLabel('sampai').fill('23:59');
  await tv.getByLabel('sampai').blur();
  await tv.getByRole('button', { name: 'Tutup' }).click();
  await expect(tv.getByText(/Jam tenang sampai 23\.59/)).toBeVisible();
  await tv.reload();
  await expect(tv.getByText(/Jam tenang sampai 23\.59/)).toBeVisible();
});

test('fits every glass without scrolling', async ({ browser }) => {
  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
    [3840, 2160],
    [1280, 800],
    [1080, 1920],
  ] as const) {
    const tv = await open(browser, hub, '/tv', { width, height });
    const big = tv.getByTestId('big-call');
    await expect(big).toBeVisible();
    const over = await tv.evaluate(() => {
      const page = document.documentElement;
      return [page.scrollWidth - innerWidth, page.scrollHeight - innerHeight];
    });
    expect(over, `${width}×${height}`).toEqual([0, 0]);
    const card = (await big.boundingBox())!;
    const number = (await big.locator('.number').boundingBox())!;
    expect(number.x, `${width}×${height}`).toBeGreaterThanOrEqual(card.x);
    expect(number.x + number.width, `${width}×${height}`).toBeLessThanOrEqual(card.x + card.width);
    await tv.context().close();
  }
});

test('no name ever appears', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  const ticket = await register(hub, 'gigi', 'Nama Rahasia');
  const tv = await openTv(browser, hub);
  const received: string[] = [];
  tv.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => received.push(String(payload))));
  await tv.reload();
  await expect(tv.getByTestId('big-call')).toBeVisible();
  await desk.act(ticket.id, 'call', 2);
  await expect.poll(() => callsSeen(tv)).toContain(ticket.nomor_antrean);
  expect(await tv.locator('body').innerText()).not.toContain('Rahasia');
  expect(received.join()).toContain(ticket.nomor_antrean);
  expect(received.join()).not.toMatch(new RegExp(`Rahasia|${ticket.code}`));
});

test('speaks English when asked to', async ({ browser }) => {
  const tv = await open(browser, hub, '/tv?lang=en', { width: 1920, height: 1080 });
  await expect(tv.getByText(/^Counter \d/).first()).toBeVisible();
  await expect(tv.locator('html')).toHaveAttribute('lang', 'en');
});

test('the pointer hides when nobody moves it', async ({ browser }) => {
  const tv = await openTv(browser, hub);
  await tv.mouse.move(300, 300);
  const pointer = () => tv.locator('main').evaluate((main) => getComputedStyle(main).cursor);
  expect(await pointer()).not.toBe('none');
  await expect.poll(pointer, { timeout: 8_000 }).toBe('none');
});

/** A TV that notes every sound it begins. */
async function openHeard(browser: Browser, path: string): Promise<Page> {
  const tv = await open(browser, hub, path, { width: 1920, height: 1080 }, () => {
    const start = AudioBufferSourceNode.prototype.start;
    Object.assign(window, { sounds: [] });
    AudioBufferSourceNode.prototype.start = function (...when) {
      (window as unknown as { sounds: Heard[] }).sounds.push({
        seconds: this.buffer?.duration ?? 0,
        at: this.context.currentTime,
      });
      return start.apply(this, when);
    };
  });
  await expect(tv.locator('main')).toHaveAttribute('data-away', 'false');
  return tv;
}

interface Heard {
  seconds: number;
  at: number;
}
const sounds = (tv: Page) => tv.evaluate(() => (window as unknown as { sounds: Heard[] }).sounds);

test.describe('in a browser that blocks sound', () => {
  test('says so until the screen is touched once', async ({ playwright }) => {
    const args = chromium.launchOptions.args.filter((one) => !one.startsWith('--autoplay-policy'));
    const strict = await playwright.chromium.launch({ ...chromium.launchOptions, args });
    const tv = await openTv(strict, hub);
    const ask = tv.getByRole('button', { name: 'Sentuh untuk menyalakan suara' });
    await expect(ask).toBeVisible();
    await ask.click();
    await expect(ask).toBeHidden();
    await strict.close();
  });
});

test('eight counters: everybody who is called has a row, and the way is readable from six metres', async ({
  browser,
}) => {
  const admin = await Desk.signIn(hub, 'admin');
  for (let loket = 5; loket <= 9; loket++) await admin.addCounter(loket);
  const called: string[] = [];
  for (const loket of [5, 6, 7, 8, 9]) {
    await register(hub, 'umum');
    called.push((await admin.callNext(loket)).nomor_antrean);
  }
  const tv = await openTv(browser, hub);
  for (const nomor of called) await expect(tv.getByText(nomor, { exact: true })).toBeVisible();
  const px = (selector: string) =>
    tv
      .locator(selector)
      .first()
      .evaluate((one) => parseFloat(getComputedStyle(one).fontSize));
  // Letters of 1/200 of the distance on a 43 inch set: 30 mm, and twice that for where to go now.
  expect(await px('[data-testid="big-call"] .loket')).toBeGreaterThanOrEqual(150);
  expect(await px('li .loket')).toBeGreaterThanOrEqual(85);
});
