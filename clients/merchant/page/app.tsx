import { useEffect } from 'react';
import { WhoAmI } from '../generated/operations.js';
import { useKept } from './door/kept.js';
import { usePage } from './door/page-parts.js';
import { useAsked } from './door/use-ask.js';
import { SignInPage } from './session/sign-in-page.js';
import { VendorPage } from './vendor/vendor-page.js';
import { useSpeech } from './words/speaking.js';

/** The whole page: who is not signed in signs in, who is chooses the shop. */
export function App() {
  const { session, queries } = usePage();
  const { say } = useSpeech();
  const state = useKept(session.state);
  useOwnLanguage(state.kind === 'signedIn');
  useEffect(() => {
    // What one person saw is not shown to the next.
    if (state.kind === 'guest') queries.clear();
  }, [state.kind, queries]);
  if (state.kind === 'starting') return <main className="alone"><h1>{say('app.name')}</h1><p>{say('loading')}</p></main>;
  return state.kind === 'guest' ? <SignInPage isEnded={state.isEnded} /> : <VendorPage viewer={state.viewer} />;
}

/** Speaks as the person likes it. The answer to a sign-in does not know that yet: it was asked by a guest. */
function useOwnLanguage(isSignedIn: boolean): void {
  const { speaking } = usePage();
  const { data } = useAsked(['who'], WhoAmI, {}, { isAsked: isSignedIn });
  const liked = data?.viewer?.user?.preferences?.locale;
  useEffect(() => {
    if (liked) speaking.suggest(liked);
  }, [liked, speaking]);
}
