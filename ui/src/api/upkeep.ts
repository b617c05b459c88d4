// What the hub asks an admin to decide, and what it could not get done.
import { ask, keyed } from './client';
import type { components } from './schema';

export type Clock = components['schemas']['ClockView'];
export type Job = components['schemas']['JobView'];

export const upkeep = {
  clock: () => ask<Clock>((hub, signal) => hub.GET('/api/clock', { signal })),
  confirmClock: (key: string) =>
    ask<Clock>((hub, signal) => hub.POST('/api/clock/confirm', { signal, headers: keyed(key) })),
  /** All that is not done: waiting, running, given up. */
  jobs: () => ask<{ jobs: Job[] }>((hub, signal) => hub.GET('/api/jobs', { signal })),
  /** A job that was given up: tried again, or forgotten. Gives what is left. */
  decide: (id: number, decision: 'retry' | 'dismiss', key: string) =>
    ask<{ jobs: Job[] }>((hub, signal) =>
      hub.POST(`/api/jobs/{id}/${decision}`, {
        params: { path: { id } },
        signal,
        headers: keyed(key),
      }),
    ),
};
