// What a right is called for people; one that this page does not know yet keeps the hub's name.
import type { Permission } from '../../../../api/keys';
import { language } from '../../../../words/language.svelte';
import { find } from '../../../../words/texts';

export function scopeWords(permission: Permission): string {
  const key = `keys.scope_${permission.replace(/-/g, '_')}`;
  return find(language.current, key) ?? permission;
}
