// The site's settings in an admin's hands: changed on a draft, saved as a whole, kept when saving fails.
import type { Versioned } from '../../../api/client';
import { asApiError, errorSentence, type ApiError } from '../../../api/errors';
import { siteSettings, type ChangeSettings, type SiteSettings } from '../../../api/site-settings';
import { waitBefore } from '../../../live/live';
import { dayStartEffect, minutesOf } from './day-start';
import { insist } from '../../../data/intent';
import { merged, same } from '../../../data/merge';
import { language, t } from '../../../words/language.svelte';
import { printerAddress, USUAL, type PrinterMake } from '../../../parts/printer/printer-make';
import { site } from '../../../data/site.svelte';
import type { Trial } from '../../../parts/printer/trial';

const PATIENCE_MS = 20_000;

type SitePrinter = PrinterMake & { connection: string };
type ChangedPrinter = NonNullable<ChangeSettings['printer']>;

/** What the page shows and changes. */
interface Fields {
  draft: SiteSettings;
  printer: SitePrinter;
}

export class SiteForm {
  /** Null until the hub has answered. */
  draft = $state<SiteSettings | null>(null);
  /** The address of the site's printer as typed, apart from the draft because empty means none. */
  printer = $state<SitePrinter>({ connection: '', ...USUAL });
  away = $state(false);
  /** The hub said no to reading: not an admin. */
  refused = $state.raw<ApiError | null>(null);
  busy = $state(false);
  saved = $state(false);
  problem = $state.raw<ApiError | null>(null);
  test = $state.raw<Trial>({ name: 'rest' });

  /** The fields as the hub has them, and the version of that. */
  #before = $state.raw<Fields | null>(null);
  #version: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  async load(attempt = 0): Promise<void> {
    clearTimeout(this.#timer);
    try {
      this.#take(await siteSettings.read());
      this.away = false;
    } catch (problem) {
      const error = asApiError(problem);
      if (!error.passing) {
        this.refused = error;
        return;
      }
      this.away = true;
      if (!this.#stopped) {
        this.#timer = setTimeout(() => void this.load(attempt + 1), waitBefore(attempt, Math.random));
      }
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Something was changed and not saved yet. */
  get dirty(): boolean {
    return this.draft !== null && !same(this.#now(), this.#before);
  }

  /** The zone was changed: the service day may change with it. */
  get otherZone(): boolean {
    return this.#before !== null && this.draft !== null && this.draft.zona !== this.#before.draft.zona;
  }

  /** What the typed beginning of the day does; nothing before it is changed. */
  get dayStart(): ReturnType<typeof dayStartEffect> {
    const [before, after] = [this.#before?.draft.hari_mulai, this.draft?.hari_mulai].map((time) =>
      minutesOf(time ?? ''),
    );
    if (before == null || after == null || before === after) return 'none';
    return dayStartEffect(before, after, minutesOf(site.hour(site.now)) ?? 0);
  }

  get fields(): Record<string, string> {
    return this.problem?.fields ?? {};
  }

  /** Saves everything. True when the hub has it. */
  async save(): Promise<boolean> {
    if (!this.draft || this.busy) return false;
    this.busy = true;
    this.saved = false;
    this.problem = null;
    try {
      const [changes, sent] = [this.#changes(), this.#now()];
      const answer = await insist((key) => siteSettings.change(changes, this.#version, key), {
        patienceMs: PATIENCE_MS,
        abandoned: () => this.#stopped,
      });
      // What was typed meanwhile stays, and is still to be saved.
      if (same(this.#now(), sent)) this.#take(answer);
      else {
        this.#before = sent;
        this.#version = answer.version;
      }
      this.saved = true;
      void site.refresh();
      return true;
    } catch (problem) {
      const error = asApiError(problem);
      {
        if (error.status === 412) await this.#catchUp();
        this.problem = error;
      }
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** The test page goes to the printer that the hub knows, so what was typed is saved first. */
  async tryPrinter(): Promise<void> {
    if (this.test.name === 'trying') return;
    this.test = { name: 'trying' };
    if (this.dirty && !(await this.save())) {
      this.test = { name: 'rest' };
      return;
    }
    try {
      await siteSettings.testPrinter();
      this.test = { name: 'well', words: t('settings.printed') };
    } catch (problem) {
      this.test = { name: 'bad', words: errorSentence(language.current, asApiError(problem)) };
    }
  }

  #take({ data, version }: Versioned<SiteSettings>): void {
    this.#show(fieldsOf(data));
    this.#before = this.#now();
    this.#version = version;
  }

  #show({ draft, printer }: Fields): void {
    this.draft = draft;
    this.printer = printer;
  }

  /** Somebody else was faster: theirs is shown, except where something was typed here, which is still to be saved. */
  async #catchUp(): Promise<void> {
    try {
      const { data, version } = await siteSettings.read();
      const present = fieldsOf(data);
      this.#show(merged(this.#now(), this.#before, present));
      this.#before = present;
      this.#version = version;
    } catch {
      // Nothing is lost: the next try to save is refused again, and asks again.
    }
  }

  #changes(): ChangeSettings {
    const draft = $state.snapshot(this.draft!) as SiteSettings;
    const trimmed = Object.entries(draft).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.trim() : value,
    ]);
    return {
      ...(Object.fromEntries(trimmed) as SiteSettings),
      logo: draft.logo ?? '',
      printer: {
        ...($state.snapshot(this.printer) as ChangedPrinter),
        connection: printerAddress(this.printer.connection),
      },
    };
  }

  #now(): Fields {
    return $state.snapshot({ draft: this.draft!, printer: this.printer }) as Fields;
  }
}

function fieldsOf(settings: SiteSettings): Fields {
  return { draft: settings, printer: { connection: '', ...USUAL, ...settings.printer } };
}
