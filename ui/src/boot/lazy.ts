// Parts of the interface come when they are needed; one that does not arrive at once is asked for again.
import { waitBefore } from '../live/line';

const TRIES = 4;

/** Loads, a few times if need be; rejects with the last problem. */
export async function lazily<T>(
  load: () => Promise<T>,
  pause: (ms: number) => Promise<void> = (ms) => new Promise((go) => setTimeout(go, ms)),
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await load();
    } catch (problem) {
      if (attempt + 1 >= TRIES) throw problem;
      await pause(waitBefore(attempt, Math.random));
    }
  }
}
