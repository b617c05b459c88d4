// By which addresses phones may reach the hub.
import { ask, bearer } from './client';
import type { components } from './schema';

export type Address = components['schemas']['Address'];
export type Reach = components['schemas']['Addresses'];

export const reach = {
  addresses: (token: string) =>
    ask<Reach>((hub, signal) => hub.GET('/api/addresses', { signal, headers: bearer(token) })),
};
