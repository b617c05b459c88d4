// A TV's long day and a visitor's slow phone: `npm run measure`. The seconds are printed; the heap is held to ±10 %.
import { expect, test, type CDPSession } from '@playwright/test';
import { Desk, Hub, register } from './hub';
import { openTv } from './screens';

const CALLS = 2_000;
const LOOKS = 10;
/** A call has the screen for itself for four seconds. */
const SHOWN_MS = 4_100;
/** The page's own caches are full after so many. */
const WARM = 400;

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

async function heap(cdp: CDPSession): Promise<number> {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await cdp.send('Runtime.getHeapUsage')) as { usedSize: number };
  return usedSize / 1_048_576;
}

test(`TV: the heap stays flat over ${CALLS} calls`, async ({ browser }) => {
  test.setTimeout(15 * 60_000);
  const desk = await Desk.signIn(hub, 'dewi');
  const tv = await openTv(browser, hub);
  await tv.clock.install();
  await tv.reload();
  await expect(tv.locator('main')).toHaveAttribute('data-away', 'false');
  const cdp = await tv.context().newCDPSession(tv);
  const looks: number[] = [];
  for (let call = 1; call <= CALLS; call++) {
    await register(hub, 'gigi');
    const { nomor_antrean } = await desk.callNext(2);
    await expect(tv.getByTestId('big-call')).toHaveAttribute('data-number', nomor_antrean);
    await tv.clock.runFor(SHOWN_MS);
    if (call >= WARM && call % (CALLS / LOOKS) === 0) looks.push(await heap(cdp));
  }
  const [first, last] = [looks[0]!, looks.at(-1)!];
  console.log(
    `TV heap in MB from call ${WARM} on, every ${CALLS / LOOKS}: ${looks.map((one) => one.toFixed(2)).join(' ')}`,
  );
  expect(Math.abs(last - first) / first).toBeLessThan(0.1);
});

test('phone: from the address to the own number at 750 kbit/s, 100 ms, a quarter of this CPU', async ({
  browser,
}) => {
  const given = await register(hub, 'umum');
  const took: number[] = [];
  for (let i = 0; i < 7; i++) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'id-ID' });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    const speed = (750 * 1024) / 8;
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 100,
      downloadThroughput: speed,
      uploadThroughput: speed / 3,
    });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const began = performance.now();
    await page.goto(`${hub.address}/t/${given.code}`, { waitUntil: 'commit' });
    await page.getByTestId('number').waitFor();
    took.push(performance.now() - began);
    await context.close();
  }
  took.sort((a, b) => a - b);
  console.log(
    `phone, first visit: p50 ${took[3]!.toFixed(0)} ms, slowest of 7 ${took.at(-1)!.toFixed(0)} ms`,
  );
});
