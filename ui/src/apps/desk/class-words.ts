// What a class does, in one sentence that a colleague can say at the window.
import type { Class } from '../../api/classes';
import { t } from '../../words/language.svelte';

/** A rule in words. */
export function ruleWords(rule: Class['aturan']): string {
  if (rule.cara === 'mutlak') return t('turns.rule_mutlak');
  if (rule.cara === 'menua') return t('turns.rule_menua', { n: rule.menit });
  return t('turns.rule_selang', { n: rule.setelah, m: rule.panggil });
}
