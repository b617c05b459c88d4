// What staff ask of the hub about patients.
import { ask, keyed } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Patient = Schemas['PatientView'];
export type Patients = Schemas['Patients'];
export type Visit = Schemas['VisitView'];
export type Noted = Schemas['Noted'];
export type ChangePatient = Schemas['ChangePatient'];
type One = Schemas['PatientAnswer'];

export const patients = {
  find: (query: { q?: string; page?: number; per_page?: number }) =>
    ask<Patients>((hub, signal) => hub.GET('/api/patients', { signal, params: { query } })),
  one: (id: number) =>
    ask<One>((hub, signal) => hub.GET('/api/patients/{id}', { signal, params: { path: { id } } })),
  change: (id: number, body: ChangePatient, key: string) =>
    ask<One>((hub, signal) =>
      hub.PUT('/api/patients/{id}', { signal, body, params: { path: { id } }, headers: keyed(key) }),
    ),
  visits: (id: number) =>
    ask<Schemas['Visits']>((hub, signal) =>
      hub.GET('/api/patients/{id}/visits', { signal, params: { path: { id } } }),
    ),
  history: (id: number) =>
    ask<Schemas['History']>((hub, signal) =>
      hub.GET('/api/patients/{id}/history', { signal, params: { path: { id } } }),
    ),
  /** Makes `dari` part of `id`. */
  merge: (id: number, dari: number, key: string) =>
    ask<One>((hub, signal) =>
      hub.POST('/api/patients/{id}/merge', {
        signal,
        body: { dari },
        params: { path: { id } },
        headers: keyed(key),
      }),
    ),
  unmerge: (id: number, key: string) =>
    ask<One>((hub, signal) =>
      hub.POST('/api/patients/{id}/unmerge', { signal, params: { path: { id } }, headers: keyed(key) }),
    ),
};
