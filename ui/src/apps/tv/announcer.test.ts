// Every call seen and heard once: the promise the TV stands on.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  Announcer,
  LONGEST_MS,
  MESSAGE_SHOWN_MS,
  SHOWN_MS,
  type Call,
  type Item,
  type Message,
} from './announcer.svelte';
import { called } from '../../data/builders';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp(since?: number) {
  const announced: number[] = [];
  const heard: number[] = [];
  const announcer = new Announcer({
    announce: (item) => void announced.push(item.kind === 'call' ? item.ticket.id : -item.seq),
    heard: (seq) => heard.push(seq),
    ...(since === undefined ? {} : { since }),
  });
  const call = (seq: number, id = seq): Call => ({ kind: 'call', seq, ticket: called(id), again: false });
  return { announcer, announced, heard, call };
}

describe('announcer', () => {
  test('a call is announced at once', () => {
    const { announcer, announced, call } = setUp();
    announcer.add(call(1));
    expect(announced).toEqual([1]);
    expect(announcer.call?.ticket.id).toBe(1);
    expect(announcer.speaking).toBe(true);
  });

  test('two calls at the same moment are both shown, each for at least four seconds', () => {
    const { announcer, announced, call } = setUp();
    announcer.add(call(1));
    announcer.add(call(2));
    expect(announcer.pending).toBe(1);
    vi.advanceTimersByTime(SHOWN_MS - 1);
    expect(announced).toEqual([1]);
    vi.advanceTimersByTime(1);
    expect(announced).toEqual([1, 2]);
    expect(announcer.call?.ticket.id).toBe(2);
  });

  test('none of fifty calls is dropped and their order is kept', () => {
    const { announcer, announced, call } = setUp();
    for (let i = 1; i <= 50; i++) announcer.add(call(i));
    vi.advanceTimersByTime(SHOWN_MS * 50);
    expect(announced).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(announcer.speaking).toBe(false);
  });

  test('a call that arrives twice is announced once', () => {
    const { announcer, announced, call } = setUp();
    announcer.add(call(5));
    announcer.add(call(5));
    announcer.add(call(4));
    vi.advanceTimersByTime(SHOWN_MS * 3);
    expect(announced).toEqual([5]);
  });

  test('after a reload, calls heard before are silent and missed ones are not', () => {
    const { announcer, announced, call } = setUp(7);
    for (const seq of [6, 7, 8, 9]) announcer.add(call(seq));
    vi.advanceTimersByTime(SHOWN_MS * 4);
    expect(announced).toEqual([8, 9]);
  });

  test('a call counts as heard only when it appears, so that a reload in between replays it', () => {
    const { announcer, heard, call } = setUp();
    announcer.add(call(1));
    announcer.add(call(2));
    announcer.pass(3);
    expect(heard).toEqual([1]);
    vi.advanceTimersByTime(SHOWN_MS);
    expect(heard).toEqual([1, 2]);
  });

  test('missed calls share one number, which counts as heard with the last of them', () => {
    const { announcer, announced, heard } = setUp(7);
    announcer.addMissed([called(1), called(2), called(3)], 900);
    announcer.pass(900);
    vi.advanceTimersByTime(SHOWN_MS);
    expect([announced, heard]).toEqual([[1, 2], []]);
    vi.advanceTimersByTime(SHOWN_MS);
    expect([announced, heard]).toEqual([[1, 2, 3], [900]]);
  });

  test('an absence without calls moves the memory forward', () => {
    const { announcer, heard } = setUp(7);
    announcer.addMissed([], 900);
    announcer.pass(900);
    expect(heard).toEqual([900]);
  });

  test('other events move the memory forward while nobody waits to be announced', () => {
    const { announcer, heard } = setUp();
    announcer.pass(12);
    expect(heard).toEqual([12]);
  });

  test('the same number called again is announced again', () => {
    const { announcer, announced, call } = setUp();
    announcer.add(call(1, 4));
    announcer.add(call(2, 4));
    vi.advanceTimersByTime(SHOWN_MS);
    expect(announced).toEqual([4, 4]);
  });

  test('a number that is called again while it waits for its turn is announced once', () => {
    const { announcer, announced, heard, call } = setUp();
    announcer.add(call(1, 4));
    announcer.add(call(2, 5));
    announcer.add(call(3, 6));
    announcer.add({ ...call(4, 5), again: true });
    vi.advanceTimersByTime(SHOWN_MS * 4);
    expect(announced).toEqual([4, 5, 6]);
    expect(heard).toEqual([1, 2, 3]);
  });

  test.each(['selesai', 'dilewati', 'batal'] as const)(
    'a call that waits is not made once its visitor is %s',
    (status) => {
      const { announcer, announced, call } = setUp();
      announcer.add(call(1));
      announcer.add(call(2));
      announcer.add(call(3));
      announcer.update(called(2, 2, { status }));
      expect(announcer.pending).toBe(1);
      vi.advanceTimersByTime(SHOWN_MS * 3);
      expect(announced).toEqual([1, 3]);
    },
  );

  test('whoever came before their number was said is still called: others must know', () => {
    const { announcer, announced, call } = setUp();
    announcer.add(call(1));
    announcer.add(call(2));
    announcer.update(called(2, 2, { status: 'sedang_dilayani' }));
    vi.advanceTimersByTime(SHOWN_MS * 2);
    expect(announced).toEqual([1, 2]);
  });

  test('what was on the board before is shown without being announced', () => {
    const { announcer, announced } = setUp();
    announcer.show(called(3), 10);
    expect(announcer.call?.ticket.id).toBe(3);
    expect(announcer.speaking).toBe(false);
    expect(announced).toEqual([]);
  });

  test('a new day silences what was still waiting', () => {
    const { announcer, announced, call } = setUp();
    announcer.add(call(1));
    announcer.add(call(2));
    announcer.clear();
    vi.advanceTimersByTime(SHOWN_MS * 2);
    expect(announced).toEqual([1]);
    expect(announcer.call).toBeNull();
  });

  test('after a restored backup lower numbers are announced again', () => {
    const { announcer, announced, call } = setUp(100);
    announcer.rewind(40);
    announcer.add(call(41));
    expect(announced).toEqual([41]);
  });
});

describe('an announcement that is said', () => {
  /** Announcements end when the test says so. */
  function speakUp() {
    const begun: { item: Item; end: () => void; stop: AbortSignal }[] = [];
    const announcer = new Announcer({
      announce: (item, stop) => new Promise<void>((end) => begun.push({ item, end, stop })),
    });
    const call = (seq: number): Call => ({ kind: 'call', seq, ticket: called(seq), again: false });
    const message = (seq: number): Message => ({ kind: 'message', seq, text: 'Parkir penuh.', speech: [] });
    const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
    return { announcer, begun, call, message, pass };
  }

  test('stays until its sentence ended, so that calls never overlap', async () => {
    const { announcer, begun, call, pass } = speakUp();
    announcer.add(call(1));
    announcer.add(call(2));
    await pass(SHOWN_MS + 3_000);
    expect(begun).toHaveLength(1);
    begun[0]!.end();
    await pass(0);
    expect(announcer.call?.seq).toBe(2);
  });

  test('is shown for its time also when it was said quickly', async () => {
    const { announcer, begun, call, pass } = speakUp();
    announcer.add(call(1));
    announcer.add(call(2));
    begun[0]!.end();
    await pass(SHOWN_MS - 1);
    expect(announcer.call?.seq).toBe(1);
    await pass(1);
    expect(announcer.call?.seq).toBe(2);
  });

  test('that never ends is stopped, and the next number is called', async () => {
    const { announcer, begun, call, pass } = speakUp();
    announcer.add(call(1));
    announcer.add(call(2));
    await pass(LONGEST_MS);
    expect(begun[0]!.stop.aborted).toBe(true);
    expect(announcer.call?.seq).toBe(2);
  });

  test('a message takes its place between the calls and leaves the last call on the screen', async () => {
    const { announcer, begun, call, message, pass } = speakUp();
    announcer.add(call(1));
    announcer.add(message(2));
    announcer.add(call(3));
    expect(announcer.pending).toBe(1);
    begun[0]!.end();
    await pass(SHOWN_MS);
    expect(announcer.message?.text).toBe('Parkir penuh.');
    expect([announcer.call?.seq, announcer.speaking]).toEqual([1, false]);
    begun[1]!.end();
    await pass(MESSAGE_SHOWN_MS - 1);
    expect(announcer.message).not.toBeNull();
    await pass(1);
    expect(announcer.message).toBeNull();
    expect(announcer.call?.seq).toBe(3);
  });

  test('a new day stops the voice', () => {
    const { announcer, begun, call } = speakUp();
    announcer.add(call(1));
    announcer.clear();
    expect(begun[0]!.stop.aborted).toBe(true);
  });
});
