// Staff find the way out; visitors do not stumble over it.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HiddenDoor, HOLD_MS } from './hidden-door';

let opened: number;
let door: HiddenDoor;
beforeEach(() => {
  vi.useFakeTimers();
  opened = 0;
  door = new HiddenDoor(() => (opened += 1));
});
afterEach(() => vi.useRealTimers());

test('a hold of five seconds in the corner opens it', () => {
  door.down(20, 20);
  vi.advanceTimersByTime(HOLD_MS - 1);
  expect(opened).toBe(0);
  vi.advanceTimersByTime(1);
  expect(opened).toBe(1);
});

test('a hold that is let go of does not', () => {
  door.down(20, 20);
  vi.advanceTimersByTime(HOLD_MS - 1);
  door.up();
  vi.advanceTimersByTime(HOLD_MS);
  expect(opened).toBe(0);
});

test('five taps within three seconds open it once', () => {
  for (let i = 0; i < 5; i++) door.down(20, 20, i * 700);
  door.up();
  vi.advanceTimersByTime(HOLD_MS);
  expect(opened).toBe(1);
});

test('five slow taps, or taps elsewhere in between, do not', () => {
  for (let i = 0; i < 5; i++) door.down(20, 20, i * 900);
  for (let i = 0; i < 5; i++) door.down(i === 2 ? 500 : 20, 20, 10_000 + i * 100);
  door.up();
  vi.advanceTimersByTime(HOLD_MS);
  expect(opened).toBe(0);
});
