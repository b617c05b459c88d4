// Every question a screen may ask the hub, one named function each.
import { host } from '../host';
import { ApiError } from './errors';
import type { Counter, Desk, DeskTicket, Display, Service, Site, Ticket, User } from './types';

export type Verb = 'call' | 'skip' | 'serve' | 'finish' | 'return' | 'cancel';

export interface Session {
  token: string;
  user: User;
}

/** A request that hangs is worse than one that fails: the hub is on the same network. */
const PATIENCE_MS = 8_000;

export const api = {
  site: () => get<Site>('/api/site'),
  services: () => get<{ services: Service[]; seq: number }>('/api/services'),
  display: (poli?: string) =>
    get<Display>(poli ? `/api/display/${encodeURIComponent(poli)}` : '/api/display'),
  ticket: (code: string) => get<{ ticket: Ticket }>(`/api/tickets/${encodeURIComponent(code)}`),
  register: (poli: string, key: string) =>
    post<{ ticket: Ticket }>('/api/register', { poli, cara_daftar: 'offline' }, { key }),

  login: (username: string, password: string) => post<Session>('/api/login', { username, password }),
  logout: (token: string) => post<void>('/api/logout', undefined, { token }),
  me: (token: string) => get<{ user: User }>('/api/me', token),
  counters: (token: string) => get<{ counters: Counter[] }>('/api/counters', token),
  desk: (token: string, loket: number, page = 1) =>
    get<Desk>(`/api/dashboard/queues?loket=${loket}&page=${page}&per_page=500`, token),
  callNext: (token: string, loket: number, key: string) =>
    post<{ ticket: DeskTicket }>('/api/queue/call-next', { loket }, { token, key }),
  act: (token: string, id: number, verb: Verb, loket: number, key: string) =>
    post<{ ticket: DeskTicket }>(`/api/queue/${id}/${verb}`, verb === 'call' ? { loket } : undefined, {
      token,
      key,
    }),
};

/** A fresh Idempotency-Key: one per intent of a person. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function get<T>(path: string, token?: string): Promise<T> {
  return send<T>('GET', path, undefined, { token });
}

function post<T>(path: string, body: unknown, with_: { token?: string; key?: string } = {}): Promise<T> {
  return send<T>('POST', path, body, with_);
}

async function send<T>(
  method: string,
  path: string,
  body: unknown,
  { token, key }: { token?: string; key?: string },
): Promise<T> {
  const headers = new Headers({ Accept: 'application/json' });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (token) headers.set('Authorization', `Bearer ${token}`);
  if (key) headers.set('Idempotency-Key', key);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const request = new Request(host().origin + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: stop.signal,
    });
    const response = await host().request(request);
    if (response.status === 204) return undefined as T;
    const answer: unknown = await response.json();
    if (!response.ok) throw refusalOf(response, answer);
    return answer as T;
  } catch (problem) {
    if (problem instanceof ApiError) throw problem;
    throw new ApiError('OFFLINE', '', 0);
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(response: Response, answer: unknown): ApiError {
  const error = (answer as { error?: { code?: string; message?: string; fields?: Record<string, string> } })
    .error;
  const after = Number(response.headers.get('Retry-After'));
  return new ApiError(
    error?.code ?? 'UNKNOWN',
    error?.message ?? '',
    response.status,
    error?.fields,
    Number.isFinite(after) && after > 0 ? after : null,
  );
}
