// What is asked of the hub about priority classes: the site's list, and who has one.
import { ask, keyed } from './client';
import type { components } from './schema';
import type { Ticket } from './types';

type Schemas = components['schemas'];
export type Class = Schemas['ClassView'];
export type Kelas = Schemas['Kelas'];
export type Warna = Schemas['Warna'];
type SetClass = Schemas['SetClass'];
type Classes = Schemas['Classes'];

export const classes = {
  all: () => ask<Classes>((hub, signal) => hub.GET('/api/classes', { signal })),
  add: (body: SetClass, key: string) =>
    ask<Classes>((hub, signal) => hub.POST('/api/classes', { signal, body, headers: keyed(key) })),
  set: (slug: string, body: SetClass, key: string) =>
    ask<Classes>((hub, signal) =>
      hub.PUT('/api/classes/{slug}', { signal, body, params: { path: { slug } }, headers: keyed(key) }),
    ),
  /** Gives a number a class; null takes it away. */
  give: (id: number, kelas: string | null, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.PUT('/api/queue/{id}/class', {
        signal,
        body: { kelas },
        params: { path: { id } },
        headers: keyed(key),
      }),
    ),
};
