// What keeps a page alive: parts that come late, an updated hub, and mistakes that nobody caught.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useHost } from '../host';
import { fakeHost, type FakeHost } from '../host/fake';
import { lazily } from './lazy';
import { spreadNet } from './net';
import { reloadWhenHubAnswers } from './reload';
import { PAGE_VERSION, Renewal } from './renew';

let host: FakeHost;
beforeEach(() => {
  vi.useFakeTimers();
  useHost((host = fakeHost()));
});
afterEach(() => vi.useRealTimers());

describe('a part that does not arrive', () => {
  test('is asked for again', async () => {
    let times = 0;
    const load = () =>
      ++times < 3 ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve('here');
    expect(await lazily(load, async () => undefined)).toBe('here');
  });

  test('is given up in the end, with the reason', async () => {
    const pauses: number[] = [];
    const load = () => Promise.reject(new TypeError('404'));
    const work = lazily(load, async (ms) => void pauses.push(ms));
    await expect(work).rejects.toThrow('404');
    expect(pauses).toHaveLength(3);
  });
});

describe('an updated hub', () => {
  function page() {
    let reloads = 0;
    const renewal = new Renewal(() => reloads++);
    renewal.watchHands();
    return { renewal, reloads: () => reloads };
  }

  test('of the same version changes nothing', () => {
    const { renewal, reloads } = page();
    renewal.hubIs(PAGE_VERSION);
    vi.advanceTimersByTime(60_000);
    expect(reloads()).toBe(0);
  });

  test('has the page loaded anew, once', () => {
    const { renewal, reloads } = page();
    for (let times = 0; times < 3; times++) {
      renewal.hubIs('99.0.0');
      vi.advanceTimersByTime(60_000);
    }
    expect(reloads()).toBe(1);
  });

  test('waits until nobody is disturbed', () => {
    const { renewal, reloads } = page();
    let speaking = true;
    renewal.notWhile(() => speaking);
    renewal.hubIs('99.0.0');
    vi.advanceTimersByTime(60_000);
    expect(reloads()).toBe(0);
    speaking = false;
    window.dispatchEvent(new Event('pointerdown'));
    vi.advanceTimersByTime(19_000);
    expect(reloads()).toBe(0);
    vi.advanceTimersByTime(3_000);
    expect(reloads()).toBe(1);
  });

  test('that goes back to the page’s own version leaves it alone', () => {
    const { renewal, reloads } = page();
    let busy = true;
    renewal.notWhile(() => busy);
    renewal.hubIs('99.0.0');
    renewal.hubIs(PAGE_VERSION);
    busy = false;
    vi.advanceTimersByTime(60_000);
    expect(reloads()).toBe(0);
  });
});

test('a page is loaded anew only once the hub answers, never into the browser’s own error page', async () => {
  const [go, waiting] = [vi.fn(), vi.fn()];
  host.answer = () => {
    throw new TypeError('Failed to fetch');
  };
  reloadWhenHubAnswers({ go, waiting });
  await vi.advanceTimersByTimeAsync(7_000);
  expect([go.mock.calls.length, waiting.mock.calls.length]).toEqual([0, 3]);
  host.answer = () => ({});
  await vi.advanceTimersByTimeAsync(3_000);
  expect(go).toHaveBeenCalledOnce();
});

describe('the net', () => {
  const fall = (message: string) =>
    window.dispatchEvent(new ErrorEvent('error', { error: new Error(message), message }));

  test('notes what nobody caught, and lets the page go on', () => {
    const giveUp = vi.fn();
    const lift = spreadNet(giveUp);
    fall('once');
    expect(giveUp).not.toHaveBeenCalled();
    expect(host.remember.tab.read('stumbled')).toBe('Error: once');
    lift();
  });

  test('gives a page up that keeps stumbling', () => {
    const giveUp = vi.fn();
    const lift = spreadNet(giveUp);
    for (let times = 0; times < 8; times++) fall('again');
    expect(giveUp).toHaveBeenCalled();
    lift();
  });

  test('a mishap now and then is none', () => {
    const giveUp = vi.fn();
    const lift = spreadNet(giveUp);
    for (let times = 0; times < 20; times++) {
      fall('now and then');
      vi.advanceTimersByTime(3_000);
    }
    fall('ResizeObserver loop completed with undelivered notifications.');
    expect(giveUp).not.toHaveBeenCalled();
    lift();
  });
});
