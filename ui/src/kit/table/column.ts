// What a table shows, column by column.
import type { Snippet } from 'svelte';

export interface Column<T> {
  key: string;
  title: string;
  cell: Snippet<[T]>;
  /** Figures stand at the right, one below the other. */
  figures?: boolean;
}
