// Which row of a list is open: it stands in the address, so that it can be shared, reloaded and gone back from.
import { router } from '../../boot/router.svelte';

/** The part of the address that stands for a row that is not there yet. */
export const NEW = 'baru';

/** The address of a list or of one of its rows, with what the list is narrowed to. */
export function rowAddress(list: string, row?: string | number): string {
  const query = router.query.toString();
  return `${list}${row === undefined ? '' : `/${encodeURIComponent(row)}`}${query ? `?${query}` : ''}`;
}

/** Goes to a row, or back to the list. */
export function openRow(list: string, row?: string | number): void {
  void router.go(rowAddress(list, row));
}

/** New rows that were begun: where one has just been added and still stands there, the next begins empty. */
export class Begun {
  #count = $state(0);

  get count(): number {
    return this.#count;
  }

  /** Begins a new row of that list; what somebody is typing stays. */
  row(list: string): void {
    if (!router.guarded) this.#count++;
    openRow(list, NEW);
  }
}
