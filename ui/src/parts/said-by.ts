// What a refusal says to a person, whether the machine or the hub spoke.
import { asApiError, errorSentence } from '../api/errors';
import { language, t } from '../words/language.svelte';

/** What a refusal says to a person: the machine's own sentence, or the hub's. */
export function saidBy(problem: unknown): string {
  if (problem instanceof Error && 'status' in problem) {
    return errorSentence(language.current, asApiError(problem));
  }
  const message = (problem as { message?: unknown } | null)?.message;
  return typeof message === 'string' && message ? message : t('common.failed');
}
