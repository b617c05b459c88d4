// The way to the hub through the desktop program: it carries requests and live events, this page has no network.
import { Channel, invoke } from '@tauri-apps/api/core';
import type { LiveHandlers, LiveSocket } from './types';

interface Head {
  status: number;
  headers: [string, string][];
}

/** Statuses that by the standard have no body. */
const EMPTY = [204, 205, 304];

/** Like `fetch`: rejects with a TypeError when the hub cannot be reached, with an AbortError when given up. */
export async function request(asked: Request): Promise<Response> {
  const url = new URL(asked.url);
  const body = asked.body === null && asked.method === 'GET' ? null : await asked.text();
  const framed = invoke<ArrayBuffer>('hub_request', {
    request: {
      method: asked.method,
      path: url.pathname + url.search,
      headers: [...asked.headers],
      body: body || null,
    },
  }).catch((problem: unknown) => {
    throw new TypeError(String(problem));
  });
  return unframe(await orAborted(framed, asked.signal));
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new DOMException('given up', 'AbortError'));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** `u32` length of the head (little end first), the head as JSON, the body. */
export function unframe(framed: ArrayBuffer): Response {
  const length = new DataView(framed).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(framed, 4, length))) as Head;
  const body = EMPTY.includes(head.status) ? null : framed.slice(4 + length);
  return new Response(body, { status: head.status, headers: head.headers });
}

type LiveNews = { kind: 'opened' } | { kind: 'message'; text: string } | { kind: 'closed' };

export function live(handlers: LiveHandlers): LiveSocket {
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    handlers.closed();
  };
  const channel = new Channel<LiveNews>((news) => {
    if (over) return;
    if (news.kind === 'opened') handlers.opened();
    else if (news.kind === 'message') handlers.message(news.text);
    else end();
  });
  const id = invoke<number>('hub_live', { channel });
  id.catch(end);
  return {
    // The program hands out the number before it opens, so what is sent keeps its order.
    send: (text) => void id.then((id) => invoke('hub_send', { id, text })).catch(() => undefined),
    close: () => {
      void id.then((id) => invoke('hub_close', { id })).catch(() => undefined);
      end();
    },
  };
}
