// The time of the site, whatever the device's clock says.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Site } from '../api/types';
import type { FakeHost } from '../host/fake';

const NINE = Date.parse('2026-11-20T09:00:00+08:00');
let hub: number;
let host: FakeHost;
let site: (typeof import('./site.svelte'))['site'];

beforeEach(async () => {
  vi.useFakeTimers();
  hub = NINE;
  // A page of its own for every test, with a clock that starts at its beginning.
  vi.resetModules();
  const { fakeHost } = await import('../host/fake');
  const { useHost } = await import('../host');
  ({ site } = await import('./site.svelte'));
  host = fakeHost({ answer: () => ({ now: new Date(hub).toISOString(), utc_offset: '+08:00' }) as Site });
  useHost(host);
  site.start();
  await site.refresh();
  // Each second is one for the hub as well.
  await vi.advanceTimersByTimeAsync(1_000);
  hub += 1_000;
  host.requests.length = 0;
});
afterEach(() => vi.useRealTimers());

test('it ticks', async () => {
  const before = site.now;
  await vi.advanceTimersByTimeAsync(5_000);
  expect([site.now - before, host.requests.length]).toEqual([5_000, 0]);
});

test.each([-86_400_000, -3_000, 3_600_000])(
  'a clock set by %i ms changes nothing, and the hub is asked',
  async (by) => {
    vi.setSystemTime(Date.now() + by);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(Math.abs(site.now - hub)).toBeLessThanOrEqual(2_000);
    expect(host.requests.length).toBe(1);
  },
);

test('a little drift is no reason to ask', async () => {
  vi.setSystemTime(Date.now() + 500);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(host.requests).toEqual([]);
});
