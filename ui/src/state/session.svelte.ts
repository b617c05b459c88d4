// Who sits at this counter: signed in for as long as the tab lives, at the loket this machine remembers.
import { api } from '../api/client';
import type { Session } from '../api/types';
import { host } from '../host';

class SessionState {
  current = $state<Session | null>(null);
  loket = $state<number | null>(null);
  /** The session ended by itself; the sign-in page says so. */
  ended = $state(false);

  start(): void {
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
  }

  get lastLoket(): number | null {
    const kept = Number(host().remember.machine.read('loket'));
    return kept > 0 ? kept : null;
  }

  async signIn(username: string, password: string): Promise<void> {
    const { token, user } = await api.login(username, password);
    const sameLoket = this.ended ? this.loket : null;
    this.current = { token, user };
    this.loket = sameLoket;
    this.ended = false;
    host().remember.tab.write('session', JSON.stringify(this.current));
  }

  choose(loket: number | null): void {
    this.loket = loket;
    host().remember.tab.write('loket', loket === null ? null : String(loket));
    if (loket !== null) host().remember.machine.write('loket', String(loket));
  }

  /** The hub no longer knows the token: back to the sign-in page, keeping the loket. */
  expire(): void {
    if (!this.current) return;
    this.current = null;
    this.ended = true;
    host().remember.tab.write('session', null);
  }

  signOut(): void {
    const token = this.current?.token;
    this.current = null;
    this.ended = false;
    this.choose(null);
    host().remember.tab.write('session', null);
    // The screen forgets at once; whether the hub hears of it must not hold anybody up.
    if (token) void api.logout(token).catch(() => undefined);
  }
}

export const session = new SessionState();
