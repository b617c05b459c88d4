// What a job of the hub is called for people.
import type { Job } from '../../../api/upkeep';
import { t } from '../../../words/language.svelte';

export function jobName({ kind, about }: Job): string {
  return kind === 'print'
    ? t('settings.job_print', { tentang: about })
    : t('settings.job_other', { jenis: kind, tentang: about });
}
