// By which addresses phones may reach the hub.
import { ask } from './client';
import type { components } from './schema';

export type Address = components['schemas']['Address'];
export type Reach = components['schemas']['Addresses'];

export const reach = {
  addresses: () => ask<Reach>((hub, signal) => hub.GET('/api/addresses', { signal })),
};
