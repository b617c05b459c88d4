// What an admin asks of the hub about the keys of other programs.
import { ask, keyed } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type ApiKey = Schemas['ApiKeyView'];
export type ApiKeys = Schemas['ApiKeys'];
export type Permission = ApiKeys['scopes'][number];

export const keys = {
  list: () => ask<ApiKeys>((hub, signal) => hub.GET('/api/api-keys', { signal })),
  /** The key itself is told this once. */
  give: (body: Schemas['GiveApiKey']) =>
    ask<Schemas['NewApiKey']>((hub, signal) => hub.POST('/api/api-keys', { signal, body })),
  takeBack: (id: number, key: string) =>
    ask<void>((hub, signal) =>
      hub.DELETE('/api/api-keys/{id}', { signal, params: { path: { id } }, headers: keyed(key) }),
    ),
};
