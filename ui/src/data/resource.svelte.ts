// One answer of the hub that a screen shows: kept while the hub is away, asked for again whenever something moved.
import { asApiError, type ApiError } from '../api/errors';
import { LiveFeed, waitBefore } from '../live/live';

/** Events come in bursts; one look is enough for all of them. */
export const GATHER_MS = 150;

export class Resource<T> {
  /** Null until the hub has answered once. */
  data = $state.raw<T | null>(null);
  away = $state(false);
  /** The hub said no. */
  refused = $state.raw<ApiError | null>(null);

  readonly #load: () => Promise<T>;
  readonly #channels: readonly string[];
  readonly #gatherMs: () => number;
  #feed: LiveFeed | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  #again = false;
  #attempt = 0;
  #stopped = false;

  /** `channels`: whatever is heard there may have changed the answer. `gatherMs`: how long after it is asked for again. */
  constructor(
    load: () => Promise<T>,
    channels: readonly string[] = [],
    gatherMs: () => number = () => GATHER_MS,
  ) {
    this.#load = load;
    this.#channels = channels;
    this.#gatherMs = gatherMs;
  }

  start(): void {
    this.#stopped = false;
    if (this.#channels.length) {
      this.#feed = new LiveFeed({
        channels: [...this.#channels],
        event: () => this.#later(this.#gatherMs()),
        passing: () => this.#later(this.#gatherMs()),
      });
    }
    void this.refresh();
  }

  stop(): void {
    this.#stopped = true;
    this.#feed?.stop();
    clearTimeout(this.#timer);
  }

  /** Shows what an own deed was answered with; anything asked for before is older. */
  take(data: T): void {
    this.data = data;
    if (this.#asking) this.#again = true;
  }

  async refresh(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking = true;
    try {
      do {
        this.#again = false;
        const data = await this.#load();
        if (this.#stopped) return;
        if (!this.#again) this.data = data;
      } while (this.#again);
      this.#attempt = 0;
      this.away = false;
      this.refused = null;
    } catch (problem) {
      this.#failed(asApiError(problem));
    } finally {
      this.#asking = false;
    }
  }

  #failed(error: ApiError): void {
    this.away = error.passing;
    if (error.passing) this.#later(waitBefore(this.#attempt++, Math.random));
    else this.refused = error;
  }

  #later(wait: number): void {
    if (this.#stopped || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.refresh();
    }, wait);
  }
}
