// What the hub needs from an admin: a word about its clock, a look at what it gave up.
import { asApiError, type ApiError } from '../../../api/errors';
import { upkeep, type Clock, type Job } from '../../../api/upkeep';
import { insist } from '../../../data/intent';
import { site } from '../../../data/site.svelte';

/** Nothing on the live feed tells of either. */
const ASK_MS = 60_000;
const PATIENCE_MS = 20_000;

export class Upkeep {
  /** All that is not done; null until the hub has answered once. */
  jobs = $state.raw<Job[] | null>(null);
  away = $state(false);
  busy = $state(false);
  problem = $state.raw<ApiError | null>(null);
  #clock = $state.raw<Clock | null>(null);
  #asking: ReturnType<typeof setInterval> | undefined;
  #stopped = false;

  /** The day that the clock shows and nobody believes yet, beside the service day; null when the two agree. */
  get doubt(): { shown: string; serviceDay: string } | null {
    const clock = this.#clock;
    return clock?.doubted ? { shown: clock.doubted, serviceDay: clock.service_day } : null;
  }

  get givenUp(): Job[] {
    return this.jobs?.filter((one) => one.state === 'given_up') ?? [];
  }

  /** How many things an admin has to decide. */
  get needs(): number {
    return this.givenUp.length + (this.doubt ? 1 : 0);
  }

  start(): void {
    this.#asking = setInterval(() => void this.refresh(), ASK_MS);
    void this.refresh();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#asking);
  }

  async refresh(): Promise<void> {
    try {
      const [clock, { jobs }] = await Promise.all([upkeep.clock(), upkeep.jobs()]);
      this.away = false;
      if (this.busy) return;
      this.#clock = clock;
      this.jobs = jobs;
    } catch (problem) {
      this.away = asApiError(problem).passing;
    }
  }

  /** Says that the clock is right: its day begins. */
  confirmClock(): Promise<void> {
    return this.#insist(async (key) => {
      this.#clock = await upkeep.confirmClock(key);
      void site.refresh();
    });
  }

  /** Has a job that was given up tried again, or forgets it. */
  decide(job: Job, decision: 'retry' | 'dismiss'): Promise<void> {
    return this.#insist(async (key) => {
      this.jobs = (await upkeep.decide(job.id, decision, key)).jobs;
    });
  }

  async #insist(deed: (key: string) => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      await insist(deed, { patienceMs: PATIENCE_MS, abandoned: () => this.#stopped });
    } catch (problem) {
      const error = asApiError(problem);
      this.problem = error;
    } finally {
      this.busy = false;
    }
    // What was refused may have settled itself: the clock was set right meanwhile, the job is gone.
    if (this.problem) await this.refresh();
  }
}
