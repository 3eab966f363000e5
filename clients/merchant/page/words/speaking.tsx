import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useKept, type Kept } from '../door/kept.js';
import { speechIn, type Language, type Speech } from './speech.js';

const SpeechNow = createContext<Speech>(speechIn('en'));

/** Everything below speaks the chosen language, and the document says which. */
export function Speaking({ speaking, children }: { readonly speaking: Kept<Language>; readonly children: ReactNode }) {
  const language = useKept(speaking);
  const speech = useMemo(() => speechIn(language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <I18nProvider locale={speech.locale}>
      <SpeechNow value={speech}>{children}</SpeechNow>
    </I18nProvider>
  );
}

/** How to talk here. */
export function useSpeech(): Speech {
  return useContext(SpeechNow);
}
