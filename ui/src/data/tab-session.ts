// One sign-in for the open tabs of a browser: a new tab asks, those that are signed in answer. A closed browser forgets,
// as it would with one tab.
import type { Session } from '../api/types';
import { host } from '../host';

interface Desk {
  /** Who is signed in here, as far as it is still true. */
  mine: () => Session | null;
  offered: (granted: Session) => void;
}

let stop: (() => void) | null = null;

/** Begins to answer and asks once. */
export function tabSession({ mine, offered }: Desk): void {
  stop?.();
  stop = host().tabs.hear((said) => {
    const { ask, session } = (said ?? {}) as { ask?: unknown; session?: Session };
    const here = mine();
    if (ask === 'session' && here) host().tabs.tell({ session: here });
    if (session?.token && session.user) offered(session);
  });
  if (!mine()) host().tabs.tell({ ask: 'session' });
}
