import { kept, type Kept } from '../door/kept.js';
import type { Storage } from '../door/storage.js';
import { languageAmong, languages, type Language } from './speech.js';

/** The language of the page, and how it came to be. */
export interface KeptLanguage extends Kept<Language> {
  /** The language a person likes, taken up unless somebody chose one in this browser. */
  suggest(liked: string): void;
}

const name = 'haat.language';

/** The language that somebody chose in this browser, else one that the browser asks for. */
export function keptLanguage(storage: Storage): KeptLanguage {
  const chosen = languages.find((language) => language === storage.read(name));
  const current = kept(chosen ?? languageAmong(navigator.languages));
  return {
    get value() {
      return current.value;
    },
    subscribe: current.subscribe,
    set(language) {
      storage.write(name, language);
      current.set(language);
    },
    suggest(liked) {
      if (storage.read(name) === undefined) current.set(languageAmong([liked]));
    },
  };
}
