// What an admin asks of the hub about colleagues.
import { ask, keyed } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Colleague = Schemas['UserView'];
export type Role = Schemas['Role'];
export type Users = Schemas['Users'];

export interface UsersQuery {
  cari?: string;
  active?: boolean;
  page?: number;
  per_page?: number;
}

export const staff = {
  list: (query: UsersQuery) =>
    ask<Users>((hub, signal) => hub.GET('/api/users', { signal, params: { query } })),
  add: (body: Schemas['AddUser'], key: string) =>
    ask<Schemas['UserAnswer']>((hub, signal) =>
      hub.POST('/api/users', { signal, body, headers: keyed(key) }),
    ),
  change: (id: number, body: Schemas['ChangeUser'], key: string) =>
    ask<Schemas['UserAnswer']>((hub, signal) =>
      hub.PUT('/api/users/{id}', { signal, body, params: { path: { id } }, headers: keyed(key) }),
    ),
  /** A new first password, which the hub makes and tells this once. */
  renewPassword: (id: number) =>
    ask<Schemas['UserAnswer']>((hub, signal) =>
      hub.POST('/api/users/{id}/password', { signal, body: {}, params: { path: { id } } }),
    ),
};
