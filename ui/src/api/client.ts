// Every question a screen may ask the hub, one named function each, checked against the hub's own description.
import createClient, { type Client } from 'openapi-fetch';
import { host, type Host } from '../host';
import { ApiError } from './errors';
import type { paths } from './schema';
import type { Counter, Desk, Display, Services, Session, Site, Ticket } from './types';

export type Verb = 'call' | 'skip' | 'serve' | 'finish' | 'return' | 'cancel';

/** A request that hangs is worse than one that fails: the hub is on the same network. */
const PATIENCE_MS = 8_000;
const PER_PAGE = 500;

export const api = {
  site: () => ask<Site>((hub, signal) => hub.GET('/api/site', { signal })),
  services: () => ask<Services>((hub, signal) => hub.GET('/api/services', { signal })),
  display: (poli?: string) =>
    ask<Display>((hub, signal) =>
      poli === undefined
        ? hub.GET('/api/display', { signal })
        : hub.GET('/api/display/{poli}', { signal, params: { path: { poli } } }),
    ),
  ticket: (code: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.GET('/api/tickets/{code}', { signal, params: { path: { code } } }),
    ),
  register: (poli: string, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/register', {
        signal,
        body: { poli, cara_daftar: 'offline' },
        params: { header: { 'Idempotency-Key': key } },
      }),
    ),

  login: (username: string, password: string) =>
    ask<Session>((hub, signal) => hub.POST('/api/login', { signal, body: { username, password } })),
  logout: (token: string) =>
    ask<void>((hub, signal) => hub.POST('/api/logout', { signal, headers: bearer(token) })),
  counters: (token: string) =>
    ask<{ counters: Counter[] }>((hub, signal) =>
      hub.GET('/api/counters', { signal, headers: bearer(token) }),
    ),
  desk: (token: string, loket: number, page = 1) =>
    ask<Desk>((hub, signal) =>
      hub.GET('/api/dashboard/queues', {
        signal,
        headers: bearer(token),
        params: { query: { loket, page, per_page: PER_PAGE } },
      }),
    ),
  callNext: (token: string, loket: number, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/queue/call-next', { signal, body: { loket }, headers: bearer(token, key) }),
    ),
  act: (token: string, id: number, verb: Verb, loket: number, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) => {
      const request = { signal, headers: bearer(token, key), params: { path: { id } } };
      return verb === 'call'
        ? hub.POST('/api/queue/{id}/call', { ...request, body: { loket } })
        : hub.POST(`/api/queue/{id}/${verb}`, request);
    }),
};

/** A fresh Idempotency-Key: one per intent of a person. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bearer(token: string, key?: string): Record<string, string> {
  return { Authorization: `Bearer ${token}`, ...(key ? { 'Idempotency-Key': key } : {}) };
}

type Hub = Client<paths>;
const hubs = new WeakMap<Host, Hub>();

/** The client that sends through the present host. */
function hubOf(door: Host): Hub {
  const known = hubs.get(door);
  if (known) return known;
  const hub = createClient<paths>({ baseUrl: door.origin, fetch: (request) => door.request(request) });
  hubs.set(door, hub);
  return hub;
}

async function ask<T>(
  send: (hub: Hub, signal: AbortSignal) => Promise<{ data?: unknown; error?: unknown; response: Response }>,
): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const { data, error, response } = await send(hubOf(host()), stop.signal);
    if (!response.ok) throw refusalOf(response, error);
    return data as T;
  } catch (problem) {
    if (problem instanceof ApiError) throw problem;
    throw new ApiError('OFFLINE', '', 0);
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(response: Response, body: unknown): ApiError {
  const error = (body as { error?: { code?: string; message?: string; fields?: Record<string, string> } })
    ?.error;
  const after = Number(response.headers.get('Retry-After'));
  return new ApiError(
    error?.code ?? 'UNKNOWN',
    error?.message ?? '',
    response.status,
    error?.fields,
    Number.isFinite(after) && after > 0 ? after : null,
  );
}
