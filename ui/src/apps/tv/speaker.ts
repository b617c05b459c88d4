// What is heard of an announcement: whose turn it is, the chime, then the sentences; and how this TV's speaker is.
import { api } from '../../api/client';
import type { DeviceState, Spoken } from '../../api/types';
import { host, type SpeakerChoice } from '../../host';
import type { Item } from './announcer.svelte';
import { plainCall } from './plain-call';
import { Voice } from './voice';
import { VoicePack } from './voice-pack';
import { VoiceTurn } from './voice-turn';

export interface SpeakerSettings {
  /** False while this TV keeps silent: switched off, in its quiet hours, or not allowed to sound yet. */
  allowed(): boolean;
  choice(): SpeakerChoice;
  /** Told after every announcement that was this TV's to say. */
  health(state: DeviceState, fault: string | null): void;
}

export class Speaker {
  #settings: SpeakerSettings;
  #pack = new VoicePack();
  #voice = new Voice(this.#pack);
  #turn = new VoiceTurn();

  constructor(settings: SpeakerSettings) {
    this.#settings = settings;
  }

  /** Fetches the clips, so that the first call does not wait for them. */
  prepare(): void {
    void this.#pack.preload('id');
  }

  /** A word was recorded or thrown away; without a language perhaps some were. */
  renew(language?: Spoken['language']): void {
    this.#pack.renew(language);
  }

  /** Says it, or keeps silent where somebody else says it or this TV may not. Ends when it was said. */
  async announce(item: Item, stop: AbortSignal): Promise<void> {
    if (!this.#settings.allowed()) return;
    if (!(await this.#turn.ask(item.seq, stop)) || stop.aborted) return;
    const volume = this.#settings.choice().volume / 100;
    const [speech, chimed] = await Promise.all([speechOf(item), host().chime(volume)]);
    if (stop.aborted) return;
    if (!chimed) return this.#settings.health('fault', 'mute');
    await this.#say(item, speech, volume, stop);
  }

  /** A sentence to hear how loud it is: no turn, no memory. */
  async test(spoken: Spoken, stop: AbortSignal): Promise<string | null> {
    const volume = this.#settings.choice().volume / 100;
    if (!(await host().chime(volume))) return 'mute';
    const said = await this.#voice.say(spoken, volume, stop);
    return said.heard ? null : said.fault;
  }

  async #say(item: Item, speech: Spoken[], volume: number, stop: AbortSignal): Promise<void> {
    const mine = new AbortController();
    const cut = () => mine.abort();
    stop.addEventListener('abort', cut);
    const release = this.#turn.hold(item.seq, cut);
    let [silent, fault]: [boolean, string | null] = [false, null];
    for (const spoken of speech) {
      if (mine.signal.aborted) break;
      if (spoken.language === 'en') void this.#pack.preload('en');
      const plain = item.kind === 'call' ? plainCall(item.ticket, spoken.language) : null;
      const said = await this.#voice.say(spoken, volume, mine.signal, plain);
      if (mine.signal.aborted) break;
      silent ||= !said.heard;
      fault ??= said.fault;
    }
    release();
    stop.removeEventListener('abort', cut);
    fault ??= this.#voice.fault;
    this.#settings.health(silent ? 'fault' : fault ? 'warning' : 'ok', fault);
  }
}

/** Calls that came out of a snapshot do not bring their sentence along. */
async function speechOf(item: Item): Promise<Spoken[]> {
  if (item.speech) return item.speech;
  if (item.kind === 'message') return [];
  return api.speech(item.ticket.id).then(
    ({ speech }) => speech,
    () => [],
  );
}
