// Who sits at this desk: signed in for as long as the tab lives, at the loket this machine remembers.
import { wearBadge, type Badge } from '../api/badge';
import { api } from '../api/client';
import type { Session } from '../api/types';
import { host } from '../host';
import { line } from '../live/line';
import { tabSession } from './tab-session';

class SessionState implements Badge {
  current = $state<Session | null>(null);
  loket = $state<number | null>(null);
  /** The hub no longer knows the session: whoever it was signs in again over the page, which stays as it is. */
  ended = $state(false);
  #again: { promise: Promise<boolean>; done: (again: boolean) => void } | null = null;

  start(): void {
    wearBadge(this);
    const kept = host().remember.tab.read('session');
    if (kept) {
      try {
        this.current = JSON.parse(kept) as Session;
      } catch {
        host().remember.tab.write('session', null);
      }
    }
    const loket = Number(host().remember.tab.read('loket'));
    this.loket = this.current && loket > 0 ? loket : null;
    tabSession({ mine: () => (this.ended ? null : this.current), offered: (granted) => this.#take(granted) });
  }

  get lastLoket(): number | null {
    const kept = Number(host().remember.machine.read('loket'));
    return kept > 0 ? kept : null;
  }

  /** Whether whoever is signed in has this right. */
  may(right: string): boolean {
    const rights = this.current?.permissions ?? [];
    return rights.includes('*') || rights.includes(right);
  }

  token(): string | null {
    return this.current?.token ?? null;
  }

  refused(token: string): Promise<boolean> {
    if (!this.current) return Promise.resolve(false);
    // Somebody signed in while the refusal was on its way.
    if (this.current.token !== token) return Promise.resolve(true);
    this.ended = true;
    host().remember.tab.write('session', null);
    if (!this.#again) {
      let done: (again: boolean) => void = () => undefined;
      const promise = new Promise<boolean>((resolve) => (done = resolve));
      this.#again = { promise, done };
    }
    return this.#again.promise;
  }

  async signIn(username: string, password: string): Promise<void> {
    const granted = await api.login(username, password);
    this.#wear(granted);
    host().tabs.tell({ session: granted });
  }

  /** Whoever signed in on another tab of this browser is signed in here, where nobody is or the same person was. */
  #take(granted: Session): void {
    if (!this.current || (this.ended && this.current.user.id === granted.user.id)) this.#wear(granted);
  }

  #wear(granted: Session): void {
    const before = this.ended ? this.current : null;
    const same = before?.user.id === granted.user.id;
    if (!same) this.loket = null;
    this.current = granted;
    host().remember.tab.write('session', JSON.stringify(this.current));
    // What was asked for in one's own name goes on; what a colleague asked for does not.
    this.#settle(same);
    line().renew();
  }

  /** The own password is another one now; whoever began with somebody else's goes on. */
  async changePassword(old: string, fresh: string): Promise<void> {
    await api.changePassword(old, fresh);
    if (!this.current) return;
    this.current = { ...this.current, must_change_password: false };
    host().remember.tab.write('session', JSON.stringify(this.current));
  }

  choose(loket: number | null): void {
    this.loket = loket;
    host().remember.tab.write('loket', loket === null ? null : String(loket));
    if (loket !== null) host().remember.machine.write('loket', String(loket));
  }

  signOut(): void {
    const over = this.ended;
    this.choose(null);
    host().remember.tab.write('session', null);
    // The screen forgets at once; whether the hub hears of it must not hold anybody up.
    const token = this.current?.token;
    this.current = null;
    if (token && !over) void api.logout(token).catch(() => undefined);
    this.#settle(false);
  }

  #settle(again: boolean): void {
    this.ended = false;
    this.#again?.done(again);
    this.#again = null;
  }
}

export const session = new SessionState();
