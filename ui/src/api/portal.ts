// What is asked of the hub about a visitor's own numbers: a code, what it opens, giving one back, coming, judging a visit.
import { ask } from './client';
import type { components } from './schema';
import type { Ticket } from './types';

type Schemas = components['schemas'];
export type Portal = Schemas['Portal'];
export type OwnTicket = Schemas['OwnTicket'];
export type OwnVisit = Schemas['OwnVisit'];

/** The token of this telephone, as the hub wants it. */
const of = (token: string) => ({ 'X-Portal': token });

export const portal = {
  askCode: (no_hp: string) =>
    ask<Schemas['CodeAsked']>((hub, signal) => hub.POST('/api/portal/code', { signal, body: { no_hp } })),
  /** For the desk: the code that somebody asked for. */
  showCode: (no_hp: string) =>
    ask<Schemas['DeskCode']>((hub, signal) => hub.POST('/api/portal/code/show', { signal, body: { no_hp } })),
  open: (no_hp: string, kode: string) =>
    ask<Schemas['PortalSession']>((hub, signal) =>
      hub.POST('/api/portal/login', { signal, body: { no_hp, kode } }),
    ),
  close: (token: string) =>
    ask<void>((hub, signal) => hub.POST('/api/portal/logout', { signal, headers: of(token) })),
  own: (token: string) =>
    ask<Portal>((hub, signal) => hub.GET('/api/portal', { signal, headers: of(token) })),
  giveBack: (token: string, code: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/portal/tickets/{code}/cancel', {
        signal,
        headers: of(token),
        params: { path: { code } },
      }),
    ),
  review: (kode: string, bintang: number, komentar: string) =>
    ask<Schemas['Reviewed']>((hub, signal) =>
      hub.POST('/api/reviews', { signal, body: { kode, bintang, komentar } }),
    ),
};
