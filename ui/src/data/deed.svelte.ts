// Something that a person wants done: sent until it is answered, once, however often the button is pressed.
import { newKey } from '../api/client';
import { asApiError, type ApiError } from '../api/errors';
import { insist } from './intent';

const PATIENCE_MS = 20_000;

export class Deed {
  busy = $state(false);
  /** Why the last one was not done. */
  problem = $state.raw<ApiError | null>(null);
  #stopped = false;
  /** The wish whose answer was lost, and its key: wished again it is the same one. */
  #unanswered: { wish: string; key: string } | null = null;

  stop(): void {
    this.#stopped = true;
  }

  /** Does it; null when it was not done. `wish` says what is wanted: the same words mean the same wish. */
  async run<R>(wish: string, send: (key: string) => Promise<R>): Promise<R | null> {
    if (this.busy) return null;
    this.busy = true;
    this.problem = null;
    const key = this.#unanswered?.wish === wish ? this.#unanswered.key : newKey();
    try {
      const answer = await insist(send, { patienceMs: PATIENCE_MS, abandoned: () => this.#stopped }, key);
      this.#unanswered = null;
      return answer;
    } catch (thrown) {
      const error = asApiError(thrown);
      this.#unanswered = error.passing ? { wish, key } : null;
      this.problem = error;
      return null;
    } finally {
      this.busy = false;
    }
  }
}
