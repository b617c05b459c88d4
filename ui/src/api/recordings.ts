// What an admin records of the words that calls say.
import { ask, bearer } from './client';
import type { components } from './schema';

export type Word = components['schemas']['Word'];

export const recordings = {
  words: (token: string) =>
    ask<{ words: Word[] }>((hub, signal) => hub.GET('/api/recordings', { signal, headers: bearer(token) })),
  /** `wav`: base64. Gives the word as it is now. */
  keep: (token: string, { bahasa, poli }: Word, wav: string, key: string) =>
    ask<Word>((hub, signal) =>
      hub.POST('/api/recordings/{bahasa}/{poli}', {
        params: { path: { bahasa, poli } },
        body: { wav },
        signal,
        headers: bearer(token, key),
      }),
    ),
  remove: (token: string, { bahasa, poli }: Word, key: string) =>
    ask<Word>((hub, signal) =>
      hub.POST('/api/recordings/{bahasa}/{poli}/remove', {
        params: { path: { bahasa, poli } },
        signal,
        headers: bearer(token, key),
      }),
    ),
};
