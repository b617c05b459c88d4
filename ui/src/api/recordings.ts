// What an admin records of the words that calls say.
import { ask, keyed } from './client';
import type { components } from './schema';

export type Word = components['schemas']['Word'];

export const recordings = {
  words: () => ask<{ words: Word[] }>((hub, signal) => hub.GET('/api/recordings', { signal })),
  /** `wav`: base64. Gives the word as it is now. */
  keep: ({ bahasa, poli }: Word, wav: string, key: string) =>
    ask<Word>((hub, signal) =>
      hub.POST('/api/recordings/{bahasa}/{poli}', {
        params: { path: { bahasa, poli } },
        body: { wav },
        signal,
        headers: keyed(key),
      }),
    ),
  remove: ({ bahasa, poli }: Word, key: string) =>
    ask<Word>((hub, signal) =>
      hub.POST('/api/recordings/{bahasa}/{poli}/remove', {
        params: { path: { bahasa, poli } },
        signal,
        headers: keyed(key),
      }),
    ),
};
