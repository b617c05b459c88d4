// Testing addresses with a phone: the tick comes while one looks, and a page that is left asks no more.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useHost } from '../../../host';
import { fakeHost, type FakeHost } from '../../../host/fake';
import { Reach } from './reach.svelte';

let host: FakeHost;
let opened: string | null;
let phones: string;

beforeEach(() => {
  vi.useFakeTimers();
  [opened, phones] = [null, 'never'];
  host = fakeHost({
    answer: () => {
      if (phones === 'away') throw new TypeError('network');
      return { addresses: [{ alamat: 'http://192.168.1.5:4040', dibuka: opened }], phones };
    },
  });
  useHost(host);
});
afterEach(() => vi.useRealTimers());

test('a phone that opens the page is seen within two seconds', async () => {
  const reach = new Reach();
  reach.start();
  await vi.advanceTimersByTimeAsync(0);
  expect([reach.never, reach.addresses[0]!.dibuka]).toEqual([true, null]);
  reach.test(true);
  await vi.advanceTimersByTimeAsync(100);
  [opened, phones] = ['2026-11-20T09:00:00+08:00', 'reached'];
  await vi.advanceTimersByTimeAsync(2_000);
  expect([reach.never, reach.addresses[0]!.dibuka]).toEqual([false, opened]);
  reach.stop();
});

test('nobody who looks means nobody who asks', async () => {
  const reach = new Reach();
  reach.start();
  reach.test(true);
  reach.test(false);
  await vi.advanceTimersByTimeAsync(0);
  const asked = host.requests.length;
  await vi.advanceTimersByTimeAsync(59_000);
  expect(host.requests.length).toBe(asked);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(host.requests.length).toBe(asked + 1);
  reach.stop();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(host.requests.length).toBe(asked + 1);
});

test('a hub that is away takes nothing off the screen', async () => {
  const reach = new Reach();
  reach.start();
  await vi.advanceTimersByTimeAsync(0);
  phones = 'away';
  reach.test(true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect([reach.never, reach.addresses.length]).toEqual([true, 1]);
  reach.stop();
});
