// The recorded voice: clips by name, fetched before they are needed, joined into calls.
import { api } from '../../api/client';
import type { Spoken } from '../../api/types';
import { host, type Clip } from '../../host';

type Language = Spoken['language'];

/** So many clips are fetched at a time while nobody waits for them. */
const ABREAST = 4;
/** A hub that had no list is asked again after this long. */
const RETRY_MS = 20_000;

export class VoicePack {
  #files = new Map<Language, Promise<Record<string, string>>>();
  #clips = new Map<string, Promise<Clip>>();

  /** Fetches every clip of a language in the background. */
  async preload(language: Language): Promise<void> {
    const names = Object.keys(await this.#list(language).catch(() => ({})));
    const next = async (): Promise<void> => {
      for (let name = names.shift(); name !== undefined; name = names.shift()) {
        await this.#clip(language, name).catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, next));
  }

  /** A word was recorded, or this screen does not know what was while it was away: what is new is heard from the next call
   * on. Until the hub has answered, and when it does not, the pack stays as it was. */
  renew(language?: Language): void {
    for (const one of language ? [language] : [...this.#files.keys()]) {
      const before = this.#files.get(one);
      if (!before) continue;
      const fresh = api.voice(one).then(({ clips }) => clips ?? {});
      this.#files.set(
        one,
        fresh.catch(() => before),
      );
      fresh.then(
        (clips) => this.#forget(one, clips),
        () => setTimeout(() => this.renew(one), RETRY_MS),
      );
    }
  }

  /** The clips of a sentence, or null when this pack cannot say it. A name ending in `?` is left out where missing. */
  async clips(spoken: Spoken): Promise<Clip[] | null> {
    if (!spoken.clips.length) return null;
    const list = await this.#list(spoken.language);
    const names: string[] = [];
    for (const name of spoken.clips) {
      const plain = name.replace(/\?$/, '');
      if (plain in list) names.push(plain);
      else if (plain === name) return null;
    }
    return Promise.all(names.map((name) => this.#clip(spoken.language, name)));
  }

  #list(language: Language): Promise<Record<string, string>> {
    const known = this.#files.get(language);
    if (known) return known;
    const list = api.voice(language).then(({ clips }) => clips ?? {});
    this.#files.set(language, list);
    const forget = () => setTimeout(() => this.#files.delete(language), RETRY_MS);
    // An empty pack may be filled meanwhile, a hub that was away comes back.
    list.then(
      (clips) => Object.keys(clips).length || forget(),
      () => this.#files.delete(language),
    );
    return list;
  }

  /** Clips that the list no longer has are not kept; those it has anew are fetched. */
  #forget(language: Language, clips: Record<string, string>): void {
    const known = new Set(Object.values(clips).map((file) => `${language}/${file}`));
    for (const key of [...this.#clips.keys()]) {
      if (key.startsWith(`${language}/`) && !known.has(key)) this.#clips.delete(key);
    }
    void this.preload(language);
  }

  /** By file, not by name: a word that was recorded anew is another file. */
  async #clip(language: Language, name: string): Promise<Clip> {
    const file = (await this.#list(language))[name]!;
    const key = `${language}/${file}`;
    let clip = this.#clips.get(key);
    if (!clip) {
      clip = api.clip(language, file).then((recording) => host().clip(recording));
      this.#clips.set(key, clip);
      clip.catch(() => this.#clips.delete(key));
    }
    return clip;
  }
}
