// The dialogs about turns come with their own words, when somebody first opens one.
import { lazily } from '../../boot/lazy';
import { language } from '../../words/language.svelte';

/** A dialog, once its words are there. */
export async function withTurnWords<T>(load: () => Promise<T>): Promise<T> {
  const [dialog] = await Promise.all([lazily(load), lazily(() => language.need(['turns']))]);
  return dialog;
}
