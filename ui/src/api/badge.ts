// Who speaks to the hub from this page: the token that goes along with every request, and what to do when it is refused.

export interface Badge {
  /** The present token, or null for a page of visitors. */
  token(): string | null;
  /**
   * The hub no longer knows this token. Resolves once somebody has signed in again over the page (true: send it again),
   * or has given up (false).
   */
  refused(token: string): Promise<boolean>;
}

const NOBODY: Badge = { token: () => null, refused: () => Promise.resolve(false) };
let worn: Badge = NOBODY;

export function badge(): Badge {
  return worn;
}

/** From now on this page speaks for somebody. */
export function wearBadge(other: Badge | null): void {
  worn = other ?? NOBODY;
}
