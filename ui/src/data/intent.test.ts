// A wish is one wish, however often it has to be sent.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError } from '../api/errors';
import { insist } from './intent';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const offline = () => new ApiError('OFFLINE', '', 0);

describe('insist', () => {
  test('sends again with the same key when the answer was lost', async () => {
    const keys: string[] = [];
    const send = async (key: string) => {
      keys.push(key);
      if (keys.length < 3) throw offline();
      return 'A013';
    };
    const retrying = vi.fn();
    const answer = insist(send, { patienceMs: 40_000, random: () => 0, retrying });
    await vi.runAllTimersAsync();
    expect(await answer).toBe('A013');
    expect(new Set(keys).size).toBe(1);
    expect(retrying).toHaveBeenCalledTimes(2);
  });

  test('a refusal is final', async () => {
    const send = vi.fn().mockRejectedValue(new ApiError('SERVICE_CLOSED', 'Tutup.', 409));
    await expect(insist(send, { patienceMs: 40_000 })).rejects.toMatchObject({ code: 'SERVICE_CLOSED' });
    expect(send).toHaveBeenCalledTimes(1);
  });

  test('a full disk is final too: trying again would only keep a person waiting', async () => {
    const send = vi.fn().mockRejectedValue(new ApiError('NOT_SAVED', 'Tidak tersimpan.', 507));
    await expect(insist(send, { patienceMs: 40_000 })).rejects.toMatchObject({ code: 'NOT_SAVED' });
  });

  test('a busy hub is asked again when it said so', async () => {
    const send = vi
      .fn()
      .mockRejectedValueOnce(new ApiError('BUSY', '', 503, {}, 2))
      .mockResolvedValue('done');
    const answer = insist(send, { patienceMs: 40_000 });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(send).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toBe('done');
  });

  test('patience ends', async () => {
    const send = vi.fn().mockImplementation(async () => {
      throw offline();
    });
    const answer = insist(send, { patienceMs: 5_000, random: () => 0.5 });
    const seen = expect(answer).rejects.toMatchObject({ code: 'OFFLINE' });
    await vi.runAllTimersAsync();
    await seen;
  });

  test('patience ends also while the clock is set back', async () => {
    const send = vi.fn().mockImplementation(async () => {
      vi.setSystemTime(Date.now() - 3_600_000);
      throw offline();
    });
    const seen = expect(insist(send, { patienceMs: 5_000, random: () => 0.5 })).rejects.toMatchObject({
      code: 'OFFLINE',
    });
    await vi.advanceTimersByTimeAsync(60_000);
    await seen;
  });

  test('nothing is sent for somebody who left', async () => {
    let left = false;
    const send = vi.fn().mockImplementation(async () => {
      throw offline();
    });
    const answer = insist(send, { patienceMs: 40_000, abandoned: () => left });
    const seen = expect(answer).rejects.toBeInstanceOf(ApiError);
    await vi.advanceTimersByTimeAsync(0);
    left = true;
    await vi.runAllTimersAsync();
    await seen;
    expect(send).toHaveBeenCalledTimes(1);
  });
});
