// What a screen shows stays while the hub is away, and follows what happens.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../api/errors';
import { useHost } from '../host';
import { fakeHost, type FakeHost } from '../host/fake';
import { Resource } from './resource.svelte';

let host: FakeHost;
let resource: Resource<number>;
let load: () => Promise<number>;

beforeEach(() => {
  vi.useFakeTimers();
  host = fakeHost({ answer: () => ({}) });
  useHost(host);
  load = async () => 1;
  resource = new Resource(() => load());
});
afterEach(() => {
  resource.stop();
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(0);

test('a hub that is away leaves what is shown, and is asked until it answers', async () => {
  resource.start();
  await settle();
  load = () => Promise.reject(new ApiError('OFFLINE', '', 0));
  await resource.refresh();
  expect([resource.data, resource.away]).toEqual([1, true]);
  load = async () => 2;
  await vi.advanceTimersByTimeAsync(10_000);
  expect([resource.data, resource.away]).toEqual([2, false]);
});

test('a refusal is told and not asked again', async () => {
  const asked = vi.fn(() => Promise.reject(new ApiError('FORBIDDEN', 'Tidak boleh.', 403)));
  load = asked;
  resource.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([resource.refused?.code, asked.mock.calls.length]).toEqual(['FORBIDDEN', 1]);
});

test('an answer asked for before an own deed does not undo what the deed has shown', async () => {
  let answer: (n: number) => void = () => undefined;
  load = () => new Promise((done) => (answer = done));
  resource.start();
  await settle();
  resource.take(5);
  const old = answer;
  load = async () => 6;
  old(1);
  await settle();
  expect(resource.data).toBe(6);
});

test('a burst of asking is one question more', async () => {
  const asked = vi.fn(async () => 1);
  load = asked;
  resource.start();
  for (let n = 0; n < 5; n++) void resource.refresh();
  await settle();
  expect(asked).toHaveBeenCalledTimes(2);
});
