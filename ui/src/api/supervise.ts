// What a supervisor asks of the hub: everybody who waits, counters opened and paused, the day's numbers ended.
import { ask, keyed } from './client';
import type { components } from './schema';
import type { Desk } from './types';

type Schemas = components['schemas'];
type Counters = Schemas['Counters'];

const EVERYBODY = 1_000;

export const supervise = {
  waiting: () =>
    ask<Desk>((hub, signal) =>
      hub.GET('/api/dashboard/queues', {
        signal,
        params: { query: { status: 'menunggu', per_page: EVERYBODY } },
      }),
    ),
  pause: (n: number, alasan: string, key: string) =>
    ask<Counters>((hub, signal) =>
      hub.POST('/api/counters/{n}/pause', {
        signal,
        body: { alasan },
        params: { path: { n } },
        headers: keyed(key),
      }),
    ),
  open: (n: number, key: string) =>
    ask<Counters>((hub, signal) =>
      hub.POST('/api/counters/{n}/open', { signal, params: { path: { n } }, headers: keyed(key) }),
    ),
  close: (n: number, key: string) =>
    ask<Counters>((hub, signal) =>
      hub.POST('/api/counters/{n}/close', { signal, params: { path: { n } }, headers: keyed(key) }),
    ),
  reset: (key: string) =>
    ask<Schemas['Reset']>((hub, signal) =>
      hub.POST('/api/reset', { signal, body: { konfirmasi: 'RESET' }, headers: keyed(key) }),
    ),
  undoReset: (key: string) =>
    ask<Schemas['Restored']>((hub, signal) => hub.POST('/api/reset/undo', { signal, headers: keyed(key) })),
};
