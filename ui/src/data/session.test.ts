// A session that ends in the middle of something is mended over the page, and what was asked for goes on by itself.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wearBadge } from '../api/badge';
import { api } from '../api/client';
import { useHost } from '../host';
import { fakeHost, refusal, type FakeHost } from '../host/fake';
import { session } from './session.svelte';

const RINA = { id: 2, name: 'Rina', username: 'rina', roles: ['petugas'], poli: [] };
const DEWI = { ...RINA, id: 3, name: 'Dewi', username: 'dewi' };
let host: FakeHost;
/** Tokens that the hub knows. */
let known: Record<string, typeof RINA>;

beforeEach(() => {
  known = { first: RINA };
  host = fakeHost({
    answer: (_, path, body, request) => {
      if (path === '/api/login') {
        const user = (body as { username: string }).username === 'rina' ? RINA : DEWI;
        known[`next-${user.username}`] = user;
        return { token: `next-${user.username}`, user, permissions: ['call-queue'] };
      }
      const token = (request.headers.get('Authorization') ?? '').replace('Bearer ', '');
      if (path === '/api/logout') return new Response(null, { status: 204 });
      return known[token] ? { counters: [], by: known[token].username } : refusal(401, 'UNAUTHENTICATED');
    },
  });
  useHost(host);
  host.remember.tab.write('session', JSON.stringify({ token: 'first', user: RINA }));
  session.start();
});
afterEach(() => {
  session.signOut();
  wearBadge(null);
});

const asked = async () => expect.poll(() => session.ended).toBe(true);

describe('session', () => {
  test('goes along with every request', async () => {
    expect(await api.counters()).toMatchObject({ by: 'rina' });
  });

  test('the same person signs in again and what was asked for is answered', async () => {
    known = {};
    const answers = Promise.all([api.counters(), api.counters()]);
    await asked();
    expect(session.current?.user.username).toBe('rina');
    await session.signIn('rina', 'x');
    expect(await answers).toMatchObject([{ by: 'rina' }, { by: 'rina' }]);
    expect(session.ended).toBe(false);
  });

  test('what one person asked for is not done in the name of another', async () => {
    session.choose(3);
    known = {};
    const answer = api.counters().catch((problem: { code: string }) => problem.code);
    await asked();
    await session.signIn('dewi', 'x');
    expect([await answer, session.current?.user.username, session.loket]).toEqual([
      'UNAUTHENTICATED',
      'dewi',
      null,
    ]);
  });

  test('leaving the page refuses what was asked for, and says nothing to the hub', async () => {
    known = {};
    const answer = api.counters().catch((problem: { code: string }) => problem.code);
    await asked();
    session.signOut();
    expect([await answer, session.current, session.ended]).toEqual(['UNAUTHENTICATED', null, false]);
    expect(host.requests.map((one) => one.path)).not.toContain('/api/logout');
  });

  test('signing out tells the hub which session is meant', async () => {
    let told: string | null = null;
    const before = host.answer;
    host.answer = (method, path, body, request) => {
      if (path === '/api/logout') told = request.headers.get('Authorization');
      return before(method, path, body, request);
    };
    session.signOut();
    await expect.poll(() => told).toBe('Bearer first');
  });

  test('wrong words at the door are no ended session', async () => {
    host.answer = () => refusal(401, 'INVALID_CREDENTIALS');
    await expect(session.signIn('rina', 'y')).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(session.ended).toBe(false);
  });

  test('a new tab takes over who is signed in on another, and answers who asks', () => {
    let listener: (said: unknown) => void = () => undefined;
    const told: unknown[] = [];
    host.tabs = { tell: (said) => told.push(said), hear: (heard) => ((listener = heard), () => undefined) };
    session.signOut();
    session.start();
    expect(told).toEqual([{ ask: 'session' }]);

    const granted = { token: 'first', user: RINA, permissions: ['call-queue'] };
    listener({ session: granted });
    expect(session.current?.user.username).toBe('rina');
    listener({ ask: 'session' });
    expect(told[1]).toMatchObject({ session: { token: 'first' } });

    // Somebody works here: who signed in elsewhere does not push them aside.
    listener({ session: { token: 'x', user: DEWI, permissions: [] } });
    expect(session.current?.user.username).toBe('rina');
    listener('anything');
  });

  test('signing in again on one tab is enough for the others', async () => {
    let listener: (said: unknown) => void = () => undefined;
    host.tabs = { tell: () => undefined, hear: (heard) => ((listener = heard), () => undefined) };
    session.start();
    known = {};
    const answer = api.counters();
    await asked();
    listener({ session: { token: 'x', user: DEWI, permissions: [] } });
    expect(session.ended).toBe(true);
    known = { second: RINA };
    listener({ session: { token: 'second', user: RINA, permissions: [] } });
    expect([session.ended, await answer]).toMatchObject([false, { by: 'rina' }]);
  });
});
