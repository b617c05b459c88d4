// A refusal must end as a sentence a person can act on, in the language they read.
import { expect, test } from 'vitest';
import { ApiError, errorSentence } from './errors';

test('in Indonesian the hub’s own words are used', () => {
  expect(errorSentence('id', new ApiError('SERVICE_CLOSED', 'Poli Gigi sedang tutup.', 409))).toBe(
    'Poli Gigi sedang tutup.',
  );
});

test('in English the code is looked up and filled in', () => {
  expect(errorSentence('en', new ApiError('QUEUE_EMPTY', 'Kosong.', 409))).toBe(
    'Nobody is waiting for this counter.',
  );
  expect(errorSentence('en', new ApiError('TOO_MANY_ATTEMPTS', 'x', 429, {}, 30))).toContain('30 seconds');
});

test('no placeholder is ever shown', () => {
  for (const code of [
    'SERVICE_CLOSED',
    'INVALID_STATE',
    'COUNTER_NOT_FOUND',
    'TOO_MANY_ATTEMPTS',
    'NEVER_HEARD_OF',
  ])
    expect(errorSentence('en', new ApiError(code, '', 409))).not.toMatch(/[{}]/);
});

test('a hub that does not answer has a sentence too', () => {
  expect(errorSentence('id', new ApiError('OFFLINE', '', 0))).toContain('Hub tidak menjawab');
});
