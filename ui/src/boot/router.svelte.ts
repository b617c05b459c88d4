// Addresses of a page with many screens: going there, back and forth without a new document, and never away from typed words.
//
// Own code and not sv-router 0.16.1, which was read for it: after going back without a guard it no longer knows where in
// the history it stands, so the next guarded "back" ends on a wrong page; it loads no words, tries nothing again and moves
// no focus. What is needed here is this one file.
import { SvelteURLSearchParams } from 'svelte/reactivity';

/** Asks whether what was typed may be lost. */
export type Ask = () => Promise<boolean>;

interface Stamp {
  /** How many steps into this page's history. */
  step?: number;
}

export class Router {
  path = $state(location.pathname);
  /** What stands behind the `?`. */
  readonly query = new SvelteURLSearchParams(location.search);
  /** How often a screen was changed: the first one came with the document. */
  moves = $state(0);
  /** Set by the frame: shows the question. Without it nothing may be lost. */
  ask: Ask = () => Promise.resolve(false);
  #step = 0;
  #guards = new Set<() => boolean>();
  /** A step that only undoes one that was not allowed is under way. */
  #undone: (() => void) | undefined;

  /** Begins to listen; returns a way to stop. */
  start(): () => void {
    this.#step = (history.state as Stamp | null)?.step ?? 0;
    history.replaceState({ step: this.#step } satisfies Stamp, '');
    this.#show();
    const popped = () => void this.#popped();
    const clicked = (event: MouseEvent) => this.#clicked(event);
    const leaving = (event: BeforeUnloadEvent) => {
      if (this.guarded) event.preventDefault();
    };
    window.addEventListener('popstate', popped);
    document.addEventListener('click', clicked);
    window.addEventListener('beforeunload', leaving);
    return () => {
      window.removeEventListener('popstate', popped);
      document.removeEventListener('click', clicked);
      window.removeEventListener('beforeunload', leaving);
    };
  }

  /** Something would be lost by going now. Returns a way to take that back. */
  guard(dirty: () => boolean): () => void {
    this.#guards.add(dirty);
    return () => void this.#guards.delete(dirty);
  }

  get guarded(): boolean {
    return [...this.#guards].some((dirty) => dirty());
  }

  /** Whether this screen may be left: asks where something would be lost. */
  async mayLeave(): Promise<boolean> {
    return !this.guarded || (await this.ask());
  }

  /** Goes to an address of this page. */
  async go(to: string, { replace = false } = {}): Promise<void> {
    const target = new URL(to, location.href);
    if (!replace && target.href === location.href) return;
    if (!(await this.mayLeave())) return;
    this.#write(target, replace);
    this.#show();
    this.moves += 1;
  }

  /** Changes what stands behind the `?`, as a note on this screen and not as a step; empty takes a part away. */
  note(changes: Record<string, string>): void {
    const target = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value) target.searchParams.set(name, value);
      else target.searchParams.delete(name);
    }
    if (target.href === location.href) return;
    this.#write(target, true);
    this.#show();
  }

  #write(target: URL, replace: boolean): void {
    if (!replace) this.#step += 1;
    const stamp: Stamp = { step: this.#step };
    if (replace) history.replaceState(stamp, '', target);
    else history.pushState(stamp, '', target);
  }

  #show(): void {
    this.path = location.pathname;
    const now = new URLSearchParams(location.search);
    for (const name of [...this.query.keys()]) if (!now.has(name)) this.query.delete(name);
    for (const [name, value] of now) if (this.query.get(name) !== value) this.query.set(name, value);
  }

  async #popped(): Promise<void> {
    if (this.#undone) {
      this.#undone();
      this.#undone = undefined;
      return;
    }
    const step = (history.state as Stamp | null)?.step ?? 0;
    const back = this.#step - step;
    if (this.guarded && back !== 0) {
      // The browser has gone already: it is brought back, and goes again once somebody has said so.
      const undone = new Promise<void>((done) => (this.#undone = done));
      history.go(back);
      await undone;
      if (await this.ask()) {
        this.#guards.clear();
        history.go(-back);
      }
      return;
    }
    this.#step = step;
    this.#show();
    this.moves += 1;
  }

  /** A plain click on a plain link to a screen of this page. */
  #clicked(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a[data-screen]');
    const to = link?.getAttribute('href');
    if (!to) return;
    event.preventDefault();
    void this.go(to);
  }
}

export const router = new Router();

/** The parts of a path that a pattern like `/counter/:loket?` names, or null when it does not fit. */
export function fit(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (given.length > wanted.length) return null;
  const found: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    const value = given[place];
    const name = /^:(\w+)(\?)?$/.exec(part);
    if (!name) {
      if (value !== part) return null;
    } else if (value !== undefined) found[name[1]!] = value;
    else if (!name[2]) return null;
  }
  return found;
}
