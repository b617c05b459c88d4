// Typed words on their way to the hub: changed on a draft, sent as what changed, kept until the hub has them.
import { untrack } from 'svelte';
import { Deed } from './deed.svelte';
import { changed, merged, same } from './merge';

export class Form<T extends object> extends Deed {
  draft: T = $state()!;
  /** The last thing done with it was that the hub took it. */
  saved = $state(false);
  #before: T = $state.raw()!;
  /** What was refused: what is wrong with a field is so only while the field stands as it was sent. */
  #sent: T | null = $state.raw(null);

  constructor(present: T) {
    super();
    this.draft = present;
    this.#before = present;
  }

  /** Something was changed and is not saved yet. */
  get dirty(): boolean {
    return !same(this.draft, this.#before);
  }

  /** What changed. */
  get changes(): Partial<T> {
    return changed(this.now, this.#before);
  }

  /** The draft as plain values. */
  get now(): T {
    return $state.snapshot(this.draft) as T;
  }

  /** What is wrong, by field. */
  get wrong(): Partial<Record<keyof T & string, string>> {
    const said = Object.entries(this.problem?.fields ?? {}).filter(
      ([name]) =>
        !this.#sent ||
        !(name in this.draft) ||
        same(this.draft[name as keyof T], this.#sent[name as keyof T]),
    );
    return Object.fromEntries(said) as Partial<Record<keyof T & string, string>>;
  }

  /** Somebody else changed it: theirs is shown, except where something was typed here. */
  follow(present: T): void {
    // Only theirs makes it run again, not what is typed here.
    untrack(() => {
      if (this.busy) return;
      const before = this.#before;
      this.#before = present;
      this.draft = merged(this.now, before, present);
    });
  }

  /** Begins anew with these values. */
  begin(present: T): void {
    this.draft = present;
    this.#before = present;
    this.#sent = null;
    this.problem = null;
    this.saved = false;
  }

  /** Sends the draft; null when the hub did not take it. What is typed meanwhile stays, still to be saved. */
  async send<R>(deed: (draft: T, changes: Partial<T>, key: string) => Promise<R>): Promise<R | null> {
    const [sent, changes] = [this.now, this.changes];
    this.saved = false;
    this.#sent = sent;
    const answer = await this.run(JSON.stringify(changes), (key) => deed(sent, changes, key));
    if (answer === null) return null;
    this.#before = sent;
    this.#sent = null;
    this.saved = true;
    return answer;
  }
}
