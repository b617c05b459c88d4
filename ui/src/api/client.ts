// Every question a screen may ask the hub, one named function each, checked against the hub's own description.
import createClient, { type Client } from 'openapi-fetch';
import { host, type Host, type Printout } from '../host';
import { badge } from './badge';
import { ApiError, asApiError, LostConnection } from './errors';
import type { Transfer } from './journeys';
import type { paths } from './schema';
import type {
  Counter,
  Desk,
  Display,
  Machine,
  MachineReport,
  Services,
  Session,
  Site,
  Spoken,
  Ticket,
  VoiceAnswer,
} from './types';

/** What a visitor says of themselves with a number. */
export type Told = Partial<Record<'no_bpjs' | 'nik' | 'no_hp', string>>;

export type Verb = 'call' | 'skip' | 'serve' | 'finish' | 'return' | 'cancel';

/** A request that hangs is worse than one that fails: the hub is on the same network. */
const PATIENCE_MS = 8_000;
/** A call is rather spoken twice than too late. */
const TURN_PATIENCE_MS = 2_000;
/** A printer on the network may be slow to say that it is out of paper. */
const PRINT_PATIENCE_MS = 30_000;
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
  /** The holder of a number for this day came. */
  checkIn: (code: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/tickets/{code}/checkin', { signal, params: { path: { code } } }),
    ),
  /** `cetak`: the ticket will be printed, so its paper counts as asked for. `kelas`, `who`: what the visitor says of themselves. */
  register: (poli: string, key: string, cetak = false, kelas: string | null = null, who: Told = {}) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/register', {
        signal,
        body: {
          poli,
          cara_daftar: 'offline',
          ...who,
          ...(cetak ? { cetak } : {}),
          ...(kelas ? { kelas } : {}),
        },
        params: { header: { 'Idempotency-Key': key } },
      }),
    ),

  /** What stands on a ticket's paper; a copy once one was printed. */
  printout: (code: string, bahasa: 'id' | 'en') =>
    ask<{ printout: Printout; copy: boolean }>((hub, signal) =>
      hub.GET('/api/tickets/{code}/printout', { signal, params: { path: { code }, query: { bahasa } } }),
    ),
  /** Tells what this machine's printer did with a ticket. */
  paper: (code: string, state: 'queued' | 'printed' | 'failed', fault: string | null, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/tickets/{code}/paper', {
        signal,
        body: { state, ...(fault ? { fault } : {}) },
        params: { path: { code }, header: { 'Idempotency-Key': key } },
      }),
    ),
  /** Prints on the site's printer, through the hub. */
  print: (code: string, bahasa: 'id' | 'en') =>
    ask<{ ticket: Ticket }>(
      (hub, signal) =>
        hub.POST('/api/tickets/{code}/print', { signal, params: { path: { code }, query: { bahasa } } }),
      PRINT_PATIENCE_MS,
    ),

  /** Which clips the voice pack of a language has: files by name of clip. */
  voice: (bahasa: 'id' | 'en') =>
    ask<{ clips: Record<string, string> }>((hub, signal) =>
      hub.GET('/api/voices/{bahasa}', { signal, params: { path: { bahasa } } }),
    ),
  clip: (bahasa: 'id' | 'en', berkas: string) =>
    ask<ArrayBuffer>((hub, signal) =>
      hub.GET('/api/voices/{bahasa}/{berkas}', {
        signal,
        parseAs: 'arrayBuffer',
        params: { path: { bahasa, berkas } },
      }),
    ),
  /** How the call of a ticket sounds, for a TV that missed the event. */
  speech: (id: number) =>
    ask<{ speech: Spoken[] }>((hub, signal) =>
      hub.GET('/api/queue/{id}/speech', { signal, params: { path: { id } } }),
    ),
  voiceTurn: (turn: { zone: string; machine: string; seq: number; speaking: boolean }) =>
    ask<VoiceAnswer>((hub, signal) => hub.POST('/api/voice/turn', { signal, body: turn }), TURN_PATIENCE_MS),
  reportDevices: (report: MachineReport) =>
    ask<void>((hub, signal) => hub.POST('/api/devices', { signal, body: report })),

  login: (username: string, password: string) =>
    ask<Session>((hub, signal) => hub.POST('/api/login', { signal, body: { username, password } })),
  /** Of a session that this page has already forgotten. */
  logout: (token: string) =>
    ask<void>((hub, signal) =>
      hub.POST('/api/logout', { signal, headers: { Authorization: `Bearer ${token}` } }),
    ),
  changePassword: (lama: string, baru: string) =>
    ask<void>((hub, signal) => hub.PUT('/api/auth/change-password', { signal, body: { lama, baru } })),
  counters: () => ask<{ counters: Counter[] }>((hub, signal) => hub.GET('/api/counters', { signal })),
  machines: () => ask<{ machines: Machine[] }>((hub, signal) => hub.GET('/api/devices', { signal })),
  desk: (loket: number, page = 1) =>
    ask<Desk>((hub, signal) =>
      hub.GET('/api/dashboard/queues', {
        signal,
        params: { query: { loket, page, per_page: PER_PAGE } },
      }),
    ),
  callNext: (loket: number, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/queue/call-next', { signal, body: { loket }, headers: keyed(key) }),
    ),
  /** Takes the last step of a number back. */
  undo: (id: number, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/queue/{id}/undo', { signal, headers: keyed(key), params: { path: { id } } }),
    ),
  /** Sends a number on to another service, or to one counter. */
  transfer: (id: number, to: Transfer, alasan: string, key: string) =>
    ask<{ ticket: Ticket }>((hub, signal) =>
      hub.POST('/api/queue/{id}/transfer', {
        signal,
        headers: keyed(key),
        params: { path: { id } },
        body: { ...to, ...(alasan ? { alasan } : {}) },
      }),
    ),
  /** `alasan`: why somebody is called before their turn. */
  act: (id: number, verb: Verb, loket: number, key: string, alasan?: string) =>
    ask<{ ticket: Ticket }>((hub, signal) => {
      const request = { signal, headers: keyed(key), params: { path: { id } } };
      return verb === 'call'
        ? hub.POST('/api/queue/{id}/call', { ...request, body: { loket, ...(alasan ? { alasan } : {}) } })
        : hub.POST(`/api/queue/{id}/${verb}`, request);
    }),
};

/** A fresh Idempotency-Key: one per intent of a person. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Headers of a wish: the same key means the same wish. */
export function keyed(key: string): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key };
}

type Hub = Client<paths>;
const hubs = new WeakMap<Host, Hub>();

/** The client that sends through the present host. */
function hubOf(door: Host): Hub {
  const known = hubs.get(door);
  if (known) return known;
  const hub = createClient<paths>({
    baseUrl: door.origin,
    fetch: (request) => carried(door, signed(request)),
  });
  hubs.set(door, hub);
  return hub;
}

/** Says who asks, and in which language the answer is read. */
function signed(request: Request): Request {
  const token = badge().token();
  const own = request.headers.has('Authorization') || request.url.endsWith('/api/login');
  if (token !== null && !own) request.headers.set('Authorization', `Bearer ${token}`);
  request.headers.set('Accept-Language', document.documentElement.lang || 'id');
  return request;
}

/** An answer counts once all of it is here: one that breaks off is a lost connection too. */
async function carried(door: Host, request: Request): Promise<Response> {
  try {
    const answer = await door.request(request);
    const body = await answer.arrayBuffer();
    return new Response(body.byteLength ? body : null, { status: answer.status, headers: answer.headers });
  } catch {
    throw new LostConnection();
  }
}

type Send = (
  hub: Hub,
  signal: AbortSignal,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

export async function ask<T>(send: Send, patienceMs = PATIENCE_MS): Promise<T> {
  return (await askVersioned<T>(send, patienceMs)).data;
}

/** An answer with its version (`ETag`); null where the hub gives none. */
export interface Versioned<T> {
  data: T;
  version: string | null;
}

/** Asks; where the session has ended meanwhile, asks again once somebody has signed in over the page. */
export async function askVersioned<T>(send: Send, patienceMs = PATIENCE_MS): Promise<Versioned<T>> {
  for (;;) {
    const token = badge().token();
    const { data, error, response } = await sent(send, patienceMs);
    if (response.ok) return { data: data as T, version: response.headers.get('ETag') };
    const refusal = refusalOf(response, error);
    const ended = refusal.code === 'UNAUTHENTICATED' && token !== null;
    if (!ended || !(await badge().refused(token))) throw refusal;
  }
}

async function sent(send: Send, patienceMs: number): ReturnType<Send> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patienceMs);
  try {
    return await send(hubOf(host()), stop.signal);
  } catch (problem) {
    throw asApiError(problem);
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
    response.headers.get('Content-Language') === 'en' ? 'en' : 'id',
  );
}
