// What the hub asks an admin to decide, and what it could not get done.
import { ask, bearer } from './client';
import type { components } from './schema';

export type Clock = components['schemas']['ClockView'];
export type Job = components['schemas']['JobView'];

export const upkeep = {
  clock: (token: string) =>
    ask<Clock>((hub, signal) => hub.GET('/api/clock', { signal, headers: bearer(token) })),
  confirmClock: (token: string, key: string) =>
    ask<Clock>((hub, signal) => hub.POST('/api/clock/confirm', { signal, headers: bearer(token, key) })),
  /** All that is not done: waiting, running, given up. */
  jobs: (token: string) =>
    ask<{ jobs: Job[] }>((hub, signal) => hub.GET('/api/jobs', { signal, headers: bearer(token) })),
  /** A job that was given up: tried again, or forgotten. Gives what is left. */
  decide: (token: string, id: number, decision: 'retry' | 'dismiss', key: string) =>
    ask<{ jobs: Job[] }>((hub, signal) =>
      hub.POST(`/api/jobs/{id}/${decision}`, {
        params: { path: { id } },
        signal,
        headers: bearer(token, key),
      }),
    ),
};
