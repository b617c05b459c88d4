// What can go wrong between a screen and the hub, and the sentence a person reads about it.
import { fill, find, text, type Language, type Params } from '../words/texts';

/**
 * The hub's refusal, or what kept it from answering: `OFFLINE` it could not be reached, `UNREADABLE` what came was no
 * answer of a hub, `BROKEN` this page itself stumbled.
 */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    /** The hub's own sentence; empty when there was no answer. */
    override readonly message: string,
    readonly status: number,
    readonly fields: Record<string, string> = {},
    readonly retryAfterSeconds: number | null = null,
    /** What the sentences are written in. */
    readonly language: Language = 'id',
  ) {
    super(message);
  }

  /** True when something is broken, rather than a rule having said no. */
  get fault(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /** True when nobody said no: the same request with the same key may be sent again. */
  get passing(): boolean {
    return this.code === 'OFFLINE' || [408, 500, 502, 503, 504].includes(this.status);
  }
}

/** The hub could not be reached, or the answer broke off. */
export class LostConnection extends Error {}

/** Anything thrown, as an ApiError. */
export function asApiError(problem: unknown): ApiError {
  if (problem instanceof ApiError) return problem;
  if (problem instanceof LostConnection) return new ApiError('OFFLINE', '', 0);
  console.error(problem);
  return new ApiError(problem instanceof SyntaxError ? 'UNREADABLE' : 'BROKEN', '', 0);
}

/**
 * The sentence for a person. The hub's own words are best, for they name the number and the poli; in a language that
 * it did not answer in the same code is looked up, and where its placeholders are unknown a plainer sentence stands in.
 */
export function errorSentence(language: Language, error: ApiError, params: Params = {}): string {
  if (language === error.language && error.message) return error.message;
  const known: Params = { ...params };
  if (error.retryAfterSeconds !== null) known.detik = error.retryAfterSeconds;
  const words = fill(find(language, `errors.${error.code}`) ?? '{none}', known);
  if (!/\{\w+\}/.test(words)) return words;
  return find(language, `client_errors.${error.code}`) ?? text(language, 'client_errors.UNKNOWN');
}
