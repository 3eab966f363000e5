import { useEffect } from 'react';
import { useKept } from './door/kept.js';
import { usePage } from './door/page-parts.js';
import { SignInPage } from './session/sign-in-page.js';
import { VendorPage } from './vendor/vendor-page.js';
import { languageAmong } from './words/speech.js';
import { useSpeech } from './words/speaking.js';

/** The whole page: who is not signed in signs in, who is chooses the shop. */
export function App() {
  const { session, queries, speaking, storage } = usePage();
  const { say } = useSpeech();
  const state = useKept(session.state);
  const liked = state.kind === 'signedIn' ? state.viewer.user?.preferences?.locale : undefined;
  useEffect(() => {
    // What one person saw is not shown to the next.
    if (state.kind === 'guest') queries.clear();
  }, [state.kind, queries]);
  useEffect(() => {
    if (liked && storage.read('haat.language') === undefined) speaking.set(languageAmong([liked]));
  }, [liked, speaking, storage]);
  if (state.kind === 'starting') return <main className="alone"><h1>{say('app.name')}</h1><p>{say('loading')}</p></main>;
  return state.kind === 'guest' ? <SignInPage isEnded={state.isEnded} /> : <VendorPage viewer={state.viewer} />;
}
