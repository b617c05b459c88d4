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
};
