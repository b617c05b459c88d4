// How long from the button to the number painted on the TV page, and to its first sound: `npm run measure`. Not a test; it prints figures.
import { test } from '@playwright/test';
import { Desk, Hub, register } from './hub';
import { openTv } from './screens';

/** Calls measured; each is shown until it was said, so the next waits for that. */
const CALLS = 20;
const BETWEEN_MS = 7_500;

interface Painted {
  number: string;
  at: number;
}

const hub = new Hub();
test.beforeAll(() => hub.start());
test.afterAll(() => hub.stop());

test('call → painted and heard on the TV page', async ({ browser }) => {
  test.setTimeout(CALLS * BETWEEN_MS + 60_000);
  const dewi = await Desk.signIn(hub, 'dewi');
  for (let i = 0; i < CALLS; i++) await register(hub, 'gigi');
  const tv = await openTv(browser, hub);
  await tv.evaluate(() => {
    const painted: Painted[] = [];
    (window as unknown as { painted: Painted[] }).painted = painted;
    const look = () => {
      const number = document.querySelector('[data-testid=big-call]')?.getAttribute('data-number') ?? '';
      if (!number || painted.at(-1)?.number === number) return;
      const entry = { number, at: Number.POSITIVE_INFINITY };
      painted.push(entry);
      // The second frame begins after the first, with the new number in it, was painted.
      requestAnimationFrame(() => requestAnimationFrame((now) => (entry.at = performance.timeOrigin + now)));
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  await tv.evaluate(() => {
    const begun: number[] = [];
    (window as unknown as { begun: number[] }).begun = begun;
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (...when) {
      const { baseLatency, outputLatency } = this.context as AudioContext;
      // The chime is the first of a call's two sounds.
      begun.push(performance.timeOrigin + performance.now() + (outputLatency || baseLatency || 0) * 1000);
      return start.apply(this, when);
    };
  });
  const took: number[] = [];
  const sounded: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    const pressed = Date.now();
    const called = await dewi.callNext(2);
    await tv.waitForTimeout(BETWEEN_MS + Math.random() * 100);
    const painted = await tv.evaluate(() => (window as unknown as { painted: Painted[] }).painted.at(-1));
    if (painted?.number !== called.nomor_antrean) throw new Error(`${called.nomor_antrean} was not painted`);
    took.push(painted.at - pressed);
    const begun = await tv.evaluate(() => (window as unknown as { begun: number[] }).begun.splice(0));
    sounded.push((begun[0] ?? Number.NaN) - pressed);
  }
  say('call → painted on the TV page', took);
  say('call → first sample of sound on the TV page', sounded);
});

function say(what: string, took: number[]): void {
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]!.toFixed(0);
  console.log(`${what}, ${CALLS} calls: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`);
}
