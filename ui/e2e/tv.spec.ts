// The TV as the room has it: it can be heard, it fits every glass, and it tells nobody's name.
import { expect, test } from '@playwright/test';
import { chromium } from '../playwright.config';
import { Desk, Hub, register } from './hub';
import { callsSeen, open, openTv } from './screens';

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('every call chimes once', async ({ browser }) => {
  const desk = await Desk.signIn(hub, 'dewi');
  await register(hub, 'gigi');
  const tv = await open(browser, hub, '/tv?poli=gigi', { width: 1920, height: 1080 }, () => {
    const start = AudioBufferSourceNode.prototype.start;
    Object.assign(window, { chimes: [] });
    AudioBufferSourceNode.prototype.start = function (...when) {
      (window as unknown as { chimes: number[] }).chimes.push(this.buffer?.duration ?? 0);
      return start.apply(this, when);
    };
  });
  await expect(tv.locator('main')).toHaveAttribute('data-away', 'false');
  const chimes = () => tv.evaluate(() => (window as unknown as { chimes: number[] }).chimes);
  const called = await desk.callNext(2);
  await expect.poll(chimes).toHaveLength(1);
  expect((await chimes())[0]).toBeGreaterThan(1);
  await desk.act(called.id, 'call', 2);
  await expect.poll(chimes).toHaveLength(2);
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

test.describe('in a browser that blocks sound', () => {
  test('says so until the screen is touched once', async ({ playwright }) => {
    const args = chromium.launchOptions.args.filter((one) => !one.startsWith('--autoplay-policy'));
    const strict = await playwright.chromium.launch({ ...chromium.launchOptions, args });
    const tv = await openTv(strict, hub);
    await expect(tv.getByText('Suara mati – sentuh layar sekali')).toBeVisible();
    await tv.mouse.click(600, 500);
    await expect(tv.getByText('Suara mati – sentuh layar sekali')).toBeHidden();
    await strict.close();
  });
});
