// Every text at hand at once: for tests, which open screens without the way there.
import { put, type Language } from './texts';

const FILES = import.meta.glob<Record<string, string>>('../../../assets/texts/*/*.json', {
  import: 'default',
  eager: true,
});

for (const [path, words] of Object.entries(FILES)) {
  const [, language, section] = /\/(\w+)\/(\w+)\.json$/.exec(path)!;
  put(language as Language, section!, words);
}
