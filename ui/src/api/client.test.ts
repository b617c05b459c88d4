// What went wrong on the way is called by its name: only a lost connection says that the hub does not answer.
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { useHost } from '../host';
import { fakeHost, refusal, type FakeHost } from '../host/fake';
import { api, ask } from './client';

let host: FakeHost;
beforeEach(() => useHost((host = fakeHost())));

const code = (work: Promise<unknown>) => work.catch((problem: { code: string }) => problem.code);

describe('what went wrong', () => {
  test('a dead network is a hub that does not answer, and may be asked again', async () => {
    host.answer = () => {
      throw new TypeError('Failed to fetch');
    };
    await expect(api.site()).rejects.toMatchObject({ code: 'OFFLINE', passing: true });
  });

  test('an answer that breaks off in the middle is too', async () => {
    host.answer = () =>
      new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) }));
    expect(await code(api.site())).toBe('OFFLINE');
  });

  test('a page of somebody else in the way is not the hub, and asking again does not help', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    host.answer = () => new Response('<html>Masuk ke Wi-Fi</html>', { status: 200 });
    await expect(api.site()).rejects.toMatchObject({ code: 'UNREADABLE', passing: false });
  });

  test('a mistake of this page is not blamed on the hub', async () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const broken = ask(() => Promise.reject(new TypeError('undefined is not a function')));
    expect(await code(broken)).toBe('BROKEN');
    expect(complaint).toHaveBeenCalledOnce();
  });

  test('the language on the screen goes along, and the sentence is read in the language it came in', async () => {
    document.documentElement.lang = 'en';
    let asked: string | null = null;
    host.answer = (_, __, ___, request) => {
      asked = request.headers.get('Accept-Language');
      const answer = refusal(409, 'QUEUE_EMPTY', 'Nobody waits.');
      answer.headers.set('Content-Language', 'en');
      return answer;
    };
    await expect(api.counters()).rejects.toMatchObject({ language: 'en', message: 'Nobody waits.' });
    expect(asked).toBe('en');
    document.documentElement.lang = 'id';
  });
});
