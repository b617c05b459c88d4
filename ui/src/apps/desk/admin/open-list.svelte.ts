// A list of the settings with the row that its address opens: asked for while the screen is shown, and followed.
import { onMount } from 'svelte';
import { Resource } from '../../../data/resource.svelte';
import { Begun, NEW, openRow, rowAddress } from '../open-row.svelte';

interface Settings<A, R> {
  /** The address of the list. */
  address: string;
  load: () => Promise<A>;
  /** Whatever is heard there may have changed the list. */
  channels: string[];
  rows: (answer: A) => R[];
  /** How the address names a row. */
  name: (row: R) => string | number;
  /** What the address names now. */
  named: () => string | undefined;
}

export class OpenList<A, R> {
  readonly answer: Resource<A>;
  readonly #settings: Settings<A, R>;
  #begun = new Begun();

  /** To be made while a screen is made: it starts and ends with the screen. */
  constructor(settings: Settings<A, R>) {
    this.#settings = settings;
    this.answer = new Resource(settings.load, settings.channels);
    onMount(() => {
      this.answer.start();
      return () => this.answer.stop();
    });
    // The address of a row that is not there leads to the list.
    $effect(() => {
      if (this.some && !this.adding && this.rows && !this.open) this.close();
    });
  }

  /** Null until the hub has answered. */
  get rows(): R[] | null {
    return this.answer.data ? this.#settings.rows(this.answer.data) : null;
  }

  /** The row that the address names. */
  get open(): R | null {
    const { name, named } = this.#settings;
    return this.rows?.find((one) => String(name(one)) === named()) ?? null;
  }

  /** A row or a new one is open. */
  get some(): boolean {
    return this.#settings.named() !== undefined;
  }

  /** A new row is being filled in. */
  get adding(): boolean {
    return this.#settings.named() === NEW;
  }

  /** What tells one panel from the next: another row, or another new one. */
  get panel(): string {
    return `${this.#settings.named()} ${this.#begun.count}`;
  }

  add = (): void => this.#begun.row(this.#settings.address);

  close = (): void => openRow(this.#settings.address);

  href = (row: R): string => rowAddress(this.#settings.address, this.#settings.name(row));
}
