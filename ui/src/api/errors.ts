// What can go wrong between a screen and the hub, and the sentence a person reads about it.
import { fill, text, type Language, type Params, type TextKey } from '../texts';
import id from '../../../assets/texts/id.json';

/** The hub's refusal, or `OFFLINE` when it could not be reached at all. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    /** The hub's own Indonesian sentence; empty when there was no answer. */
    override readonly message: string,
    readonly status: number,
    readonly fields: Record<string, string> = {},
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }

  /** True when something is broken, rather than a rule having said no. */
  get fault(): boolean {
    return this.code === 'OFFLINE' || this.status >= 500;
  }

  /** True when nobody said no: the same request with the same key may be sent again. */
  get passing(): boolean {
    return this.code === 'OFFLINE' || [408, 500, 502, 503, 504].includes(this.status);
  }
}

/** Anything thrown, as an ApiError. */
export function asApiError(problem: unknown): ApiError {
  return problem instanceof ApiError ? problem : new ApiError('OFFLINE', '', 0);
}

/**
 * The sentence for a person. In Indonesian the hub's own words are best, for they name the number and the poli;
 * in English the same code is looked up, and where its placeholders are unknown a plainer sentence stands in.
 */
export function errorSentence(language: Language, error: ApiError, params: Params = {}): string {
  if (language === 'id' && error.message) return error.message;
  const known: Params = { ...params };
  if (error.retryAfterSeconds !== null) known.detik = error.retryAfterSeconds;
  if (error.code in id.errors) {
    const words = fill(text(language, `errors.${error.code}` as TextKey), known);
    if (!/\{\w+\}/.test(words)) return words;
  }
  const plain = error.code in id.client_errors ? error.code : 'UNKNOWN';
  return text(language, `client_errors.${plain}` as TextKey);
}
