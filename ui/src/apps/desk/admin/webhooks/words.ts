// What an event and a failure are called for people; what this page does not know yet keeps the hub's name.
import type { Delivery } from '../../../../api/webhooks';
import { language } from '../../../../words/language.svelte';
import { find } from '../../../../words/texts';

export function eventWords(kind: string): string {
  const name = kind.replace(/(?<=.)([A-Z])/g, '_$1').toLowerCase();
  return find(language.current, `webhooks.event_${name}`) ?? kind;
}

/** Why it did not arrive; empty where it did. */
export function faultWords({ sebab, http }: Delivery): string {
  if (sebab === null) return '';
  const words = find(language.current, `webhooks.fault_${sebab}`) ?? sebab;
  return words.replace('{http}', String(http ?? ''));
}
