// What is asked of the hub about ways through the building, and about who goes where.
import { ask, keyed } from './client';
import type { components } from './schema';
import type { Ticket } from './types';

type Schemas = components['schemas'];
export type Journey = Schemas['JourneyView'];
type Journeys = Schemas['Journeys'];
type SetJourney = Schemas['SetJourney'];
export type Transfer = Pick<Schemas['Transfer'], 'poli' | 'loket'>;
export type GiveWay = Schemas['GiveWay'];

export const journeys = {
  all: () => ask<Journeys>((hub, signal) => hub.GET('/api/journeys', { signal })),
  add: (body: SetJourney, key: string) =>
    ask<Journeys>((hub, signal) => hub.POST('/api/journeys', { signal, body, headers: keyed(key) })),
  change: (slug: string, body: SetJourney, key: string) =>
    ask<Journeys>((hub, signal) =>
      hub.PUT('/api/journeys/{slug}', { signal, body, params: { path: { slug } }, headers: keyed(key) }),
    ),
  remove: (slug: string, key: string) =>
    ask<Journeys>((hub, signal) =>
      hub.DELETE('/api/journeys/{slug}', { signal, params: { path: { slug } }, headers: keyed(key) }),
    ),
  /** Where a number goes from where it is. */
  give: (id: number, way: GiveWay, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.PUT('/api/queue/{id}/journey', {
        signal,
        body: way,
        params: { path: { id } },
        headers: keyed(key),
      }),
    ),
  /** A colleague's counter takes the visitor over. */
  handOver: (from: number, ke: number, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/counters/{n}/handover', {
        signal,
        body: { ke },
        params: { path: { n: from } },
        headers: keyed(key),
      }),
    ),
};
