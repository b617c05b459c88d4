// What staff say to the whole room.
import { ask, keyed } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Announced = Schemas['Announced'];

export const announcements = {
  latest: () => ask<Schemas['Announcements']>((hub, signal) => hub.GET('/api/announcements', { signal })),
  announce: (teks: string, key: string) =>
    ask<Schemas['Announcement']>((hub, signal) =>
      hub.POST('/api/announcements', { signal, body: { teks }, headers: keyed(key) }),
    ),
};
