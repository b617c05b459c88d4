// One wish of a person, sent until the hub has answered it: the same key every time, so it happens once.
import { newKey } from '../api/client';
import { asApiError, type ApiError } from '../api/errors';
import { waitBefore } from '../live/live';

export interface IntentSettings {
  /** Told when an answer was lost and the wish is about to be sent again. */
  retrying?(attempt: number): void;
  /** True when nobody waits for the answer any more. */
  abandoned?(): boolean;
  /** Stop trying after this long. */
  patienceMs: number;
  random?(): number;
  now?(): number;
}

/** Sends with one key until there is an answer, a refusal, or no more patience (then the last error). */
export async function insist<T>(
  send: (key: string) => Promise<T>,
  settings: IntentSettings,
  key = newKey(),
): Promise<T> {
  // Not the wall clock: one that is set back would wait for ever.
  const now = settings.now ?? (() => performance.now());
  const until = now() + settings.patienceMs;
  for (let attempt = 0; ; attempt++) {
    try {
      return await send(key);
    } catch (problem) {
      const error: ApiError = asApiError(problem);
      if (!error.passing || error.code === 'NOT_SAVED') throw error;
      const wait =
        error.retryAfterSeconds !== null
          ? error.retryAfterSeconds * 1000
          : waitBefore(attempt, settings.random ?? Math.random);
      if (settings.abandoned?.() || now() + wait > until) throw error;
      settings.retrying?.(attempt + 1);
      await new Promise((go) => setTimeout(go, wait));
      if (settings.abandoned?.()) throw error;
    }
  }
}
