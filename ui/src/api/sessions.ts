// Where somebody is signed in, as they see it themselves.
import { ask, keyed } from './client';
import type { components } from './schema';

export type OwnSession = components['schemas']['OwnSession'];

export const sessions = {
  list: () => ask<{ sessions: OwnSession[] }>((hub, signal) => hub.GET('/api/sessions', { signal })),
  end: (id: string, key: string) =>
    ask<void>((hub, signal) =>
      hub.DELETE('/api/sessions/{id}', { signal, params: { path: { id } }, headers: keyed(key) }),
    ),
};
