// What an admin asks of the hub about services and counters.
import { ask, keyed } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type ManagedService = Schemas['ManagedService'];
export type ManagedCounter = Schemas['ManagedCounter'];
type ServiceList = Schemas['ManagedServices'];
type CounterList = Schemas['ManagedCounters'];

export const manage = {
  services: () => ask<ServiceList>((hub, signal) => hub.GET('/api/admin/services', { signal })),
  addService: (body: Schemas['AddService'], key: string) =>
    ask<ServiceList>((hub, signal) => hub.POST('/api/admin/services', { signal, body, headers: keyed(key) })),
  changeService: (slug: string, body: Schemas['ChangeService'], key: string) =>
    ask<ServiceList>((hub, signal) =>
      hub.PUT('/api/admin/services/{slug}', {
        signal,
        body,
        params: { path: { slug } },
        headers: keyed(key),
      }),
    ),
  counters: () => ask<CounterList>((hub, signal) => hub.GET('/api/admin/counters', { signal })),
  addCounter: (body: Schemas['AddCounter'], key: string) =>
    ask<CounterList>((hub, signal) => hub.POST('/api/admin/counters', { signal, body, headers: keyed(key) })),
  changeCounter: (n: number, body: Schemas['ChangeCounter'], key: string) =>
    ask<CounterList>((hub, signal) =>
      hub.PUT('/api/admin/counters/{n}', { signal, body, params: { path: { n } }, headers: keyed(key) }),
    ),
  retireCounter: (n: number, key: string) =>
    ask<CounterList>((hub, signal) =>
      hub.DELETE('/api/admin/counters/{n}', { signal, params: { path: { n } }, headers: keyed(key) }),
    ),
};
