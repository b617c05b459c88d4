// A new facility introduces itself to its hub: its name, its kind, its clock and its admin. Works once.
import { ask } from '../../api/client';
import { asApiError } from '../../api/errors';
import type { components } from '../../api/schema';
import { t } from '../../words/language.svelte';
import { saidBy } from '../../parts/said-by';

export type NewSite = components['schemas']['SetUp'];
export type SetupState = components['schemas']['SetupState'];

export const setupApi = {
  state: () => ask<SetupState>((hub, signal) => hub.GET('/api/setup', { signal })),
  setUp: (site: NewSite) => ask<SetupState>((hub, signal) => hub.POST('/api/setup', { signal, body: site })),
};

export class SiteSetup {
  site = $state<NewSite>({
    nama: '',
    kota: '',
    zona: 'WIB',
    jenis: 'puskesmas',
    admin_nama: '',
    admin_username: 'admin',
    admin_password: '',
  });
  /** The password once more. */
  repeated = $state('');
  /** The hub is another machine: it wants the six digits that stand on its own screen. */
  codeWanted = $state(false);
  /** The hub is this machine: the digits that other machines are asked for. */
  codeHere = $state<string | null>(null);
  busy = $state(false);
  /** What could not be done, in words for people. */
  problem = $state<string | null>(null);
  /** What is wrong, by field. */
  wrong = $state.raw<Record<string, string>>({});

  /** A hub that cannot say now whether it wants a code says so when it refuses. */
  async askForCode(): Promise<void> {
    const state = await setupApi.state().catch(() => null);
    this.codeWanted = state?.needs_code === true;
    this.codeHere = state?.kode ?? null;
  }

  /** Sets the site up. True when it is, also when somebody else was faster. */
  async send(): Promise<boolean> {
    if (this.busy) return false;
    this.wrong = {};
    this.problem = null;
    if (this.repeated !== this.site.admin_password) {
      this.wrong = { repeated: t('setup.not_the_same') };
      this.problem = t('setup.check_fields');
      return false;
    }
    this.busy = true;
    const site = $state.snapshot(this.site) as NewSite;
    try {
      await setupApi.setUp({
        ...site,
        admin_username: site.admin_username.trim(),
        kode: site.kode?.trim() || null,
      });
      return true;
    } catch (problem) {
      const { code, fields } = asApiError(problem);
      // Somebody else was faster, or the answer was lost: the site is set up all the same.
      if (code === 'ALREADY_SET_UP') return true;
      if (code === 'SETUP_CODE_WRONG') this.codeWanted = true;
      this.problem = saidBy(problem);
      this.wrong = fields;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
