// Setting a machine up: what it is for, where its hub is, and what is plugged into it. Nothing is lost on the way back.
import {
  host,
  type FoundHub,
  type MachineSettings,
  type Mode,
  type PrinterSettings,
  type Settings,
} from '../../host';
import { t } from '../../words/language.svelte';
import { USUAL } from '../../parts/printer/printer-make';
import { saidBy } from '../../parts/said-by';
import type { Trial } from '../../parts/printer/trial';
import { SiteSetup } from './site-setup.svelte';

export type Step = 'mode' | 'hub' | 'site' | 'devices';
export type Place = 'here' | 'found' | 'typed';
export const EMPTY_PRINTER: PrinterSettings = { connection: '', ...USUAL };

export class Setup {
  /** Null until the machine has told its settings. */
  draft = $state<MachineSettings | null>(null);
  /** Nobody has set this machine up yet. */
  first = $state(true);
  step = $state<Step>('mode');
  place = $state<Place>('here');
  hubs = $state.raw<FoundHub[]>([]);
  typed = $state('');
  /** The hub behind the typed address, once it has answered. */
  answered = $state.raw<{ url: string; id: string; name: string; version: string } | null>(null);
  busy = $state(false);
  /** What could not be done, in words for people. */
  problem = $state<string | null>(null);
  /** The site behind the hub, where nobody has set it up yet. */
  readonly newSite = new SiteSetup();
  printers = $state.raw<{ connection: string; name: string }[]>([]);
  monitors = $state.raw<{ name: string; width: number; height: number }[]>([]);
  cameras = $state.raw<{ id: string; name: string }[]>([]);
  paper = $state.raw<Trial>({ name: 'rest' });
  voice = $state.raw<Trial>({ name: 'rest' });

  #settings: Settings;
  #stopFinding: () => void = () => undefined;
  /** The site was set up in this visit; going back must not ask again. */
  #siteDone = false;

  constructor(settings: Settings | null = host().settings) {
    if (!settings) throw new Error('this machine has no settings of its own');
    this.#settings = settings;
  }

  async start(): Promise<void> {
    this.#stopFinding = this.#settings.findHubs((hubs) => (this.hubs = hubs));
    await this.#do(async () => {
      const draft = await this.#settings.read();
      // A mode said on the command line alone answers only one of the two questions.
      this.first = draft.mode === null || (!draft.hub.here && !draft.hub.url);
      this.draft = draft;
      this.place = draft.hub.here || !draft.hub.url ? 'here' : 'typed';
      this.typed = draft.hub.here ? '' : draft.hub.url;
      if (this.first) this.draft.hub.here = false;
      if (!this.first) void this.lookAround();
    });
  }

  stop(): void {
    this.#stopFinding();
  }

  /** The devices that can be chosen; asked again whenever somebody wants a fresh look. */
  async lookAround(): Promise<void> {
    const none = () => [];
    [this.printers, this.monitors, this.cameras] = await Promise.all([
      this.#settings.printers().catch(none),
      this.#settings.monitors().catch(none),
      this.#settings.cameras().catch(none),
    ]);
  }

  chooseMode(mode: Mode): void {
    if (!this.draft) return;
    this.draft.mode = mode;
    this.#go('hub');
  }

  choosePlace(place: Place, hub?: FoundHub): void {
    if (!this.draft) return;
    this.place = place;
    this.problem = null;
    if (hub) this.#at(hub.addresses[0] ?? '', hub.id);
  }

  back(): void {
    const before: Record<Step, Step> = {
      mode: 'mode',
      hub: 'mode',
      site: 'hub',
      devices: 'hub',
    };
    this.#go(before[this.step]);
  }

  /** Why the hub question is not answered yet, or null. */
  get hubMissing(): boolean {
    if (this.place === 'found') return !this.hubs.some((hub) => hub.id === this.draft?.hub.id);
    return this.place === 'typed' && !this.typed.trim();
  }

  /** Tries a typed address before it is taken. True when a hub answered. */
  async tryTyped(): Promise<boolean> {
    const url = hubAddress(this.typed);
    this.answered = null;
    if (!url) {
      this.problem = t('setup.bad_address');
      return false;
    }
    return this.#do(async () => {
      this.answered = { url, ...(await this.#settings.tryHub(url)) };
    });
  }

  /** Answers "where is the hub": connects, or starts it here, and goes where there is more to do. */
  async connect(): Promise<void> {
    if (!this.draft || this.busy || this.hubMissing) return;
    if (!(await this.#takePlace())) return;
    await this.#do(async () => {
      // The mode is kept back until the end: a machine that is switched off now asks again next time.
      const draft = $state.snapshot(this.draft!) as MachineSettings;
      const { site_needs_setup } = await this.#settings.write(this.first ? { ...draft, mode: null } : draft);
      const again = await this.#settings.read();
      this.draft!.hub = again.hub;
      void this.lookAround();
      this.#go(site_needs_setup && !this.#siteDone ? 'site' : 'devices');
      if (this.step === 'site') void this.newSite.askForCode();
    });
  }

  /** A new site: its name and its admin. */
  async setUpSite(): Promise<void> {
    if (!(await this.newSite.send())) return;
    this.#siteDone = true;
    this.#go('devices');
  }

  /** Saves everything and opens the mode. */
  async begin(): Promise<void> {
    if (!this.draft || this.busy) return;
    if (!this.first && !(await this.#takePlace())) return;
    await this.#do(async () => {
      const draft = $state.snapshot(this.draft!) as MachineSettings;
      const printer = draft.printer?.connection.trim() ? draft.printer : null;
      const { site_needs_setup } = await this.#settings.write({ ...draft, printer });
      if (site_needs_setup && !this.#siteDone) return this.#go('site');
      await this.#settings.start();
    });
  }

  async tryPrinter(): Promise<void> {
    const printer = this.draft?.printer;
    if (!printer?.connection.trim() || this.paper.name === 'trying') return;
    this.paper = { name: 'trying' };
    try {
      const { warning } = await this.#settings.testPrint($state.snapshot(printer) as PrinterSettings);
      this.paper = { name: 'well', words: t(warning ? 'setup.printed_warning' : 'setup.printed') };
    } catch (problem) {
      this.paper = { name: 'bad', words: saidBy(problem) };
    }
  }

  async tryVoice(): Promise<void> {
    if (!this.draft || this.voice.name === 'trying') return;
    this.voice = { name: 'trying' };
    try {
      await this.#settings.testVoice(t('setup.voice_sentence'), this.draft.speaker.volume);
      this.voice = { name: 'well', words: t('setup.spoken') };
    } catch (problem) {
      this.voice = { name: 'bad', words: saidBy(problem) };
    }
  }

  /** Puts the answer to "where is the hub" into the draft; false when there is none that works. */
  async #takePlace(): Promise<boolean> {
    const draft = this.draft!;
    if (this.place === 'here') {
      draft.hub = { ...draft.hub, here: true };
      return true;
    }
    if (this.place === 'typed') {
      // An address that was tried a moment ago, or is in use already, needs no second trial.
      const url = hubAddress(this.typed);
      const known = url !== null && (this.answered?.url === url || (!this.first && draft.hub.url === url));
      if (!known && !(await this.tryTyped())) return false;
      if (this.answered) this.#at(this.answered.url, this.answered.id);
    }
    draft.hub = { ...draft.hub, here: false };
    return true;
  }

  #at(url: string, id: string): void {
    if (this.draft) this.draft.hub = { ...this.draft.hub, here: false, url, id };
  }

  #go(step: Step): void {
    this.step = step;
    this.problem = null;
  }

  async #do(work: () => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.problem = null;
    try {
      await work();
      return true;
    } catch (problem) {
      this.problem = saidBy(problem);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** What somebody typed as the address of a hub: `192.168.1.5` means port 4040 there. Null when it is none. */
export function hubAddress(typed: string): string | null {
  const words = typed.trim().replace(/\/+$/, '');
  if (!words || /\s/.test(words)) return null;
  const scheme = /^([a-z]+):\/\//i.exec(words)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') return null;
  try {
    const url = new URL(scheme ? words : `http://${words}`);
    if (!url.hostname || url.pathname !== '/' || url.search || url.hash || url.username) return null;
    const bare = /^(https?:\/\/)?(\[[^\]]*\]|[^:/]+)$/i.test(words);
    return bare && url.protocol === 'http:' ? `${url.origin}:4040` : url.origin;
  } catch {
    return null;
  }
}
