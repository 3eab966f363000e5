import { useState } from 'react';
import { usePage } from '../door/page-parts.js';
import { useKept } from '../door/kept.js';
import { TextLine } from '../parts/fields.js';
import { Warning } from '../parts/notice.js';
import { LookSettings } from '../vendor/look-settings.js';
import { useSpeech } from '../words/speaking.js';
import { CodeForm } from './code-form.js';
import { SignInForm } from './sign-in-form.js';
import type { SecondFactor } from './viewer.js';

/** Who is not signed in sees only this. */
export function SignInPage({ isEnded }: { readonly isEnded: boolean }) {
  const { say } = useSpeech();
  const [factor, setFactor] = useState<SecondFactor>();
  return (
    <main className="alone">
      <p className="brand">{say('app.name')}</p>
      <h1>{say(factor ? 'sign-in.code.title' : 'sign-in.title')}</h1>
      {isEnded && !factor && <Warning>{say('sign-in.ended')}</Warning>}
      <MarketplaceLine />
      {factor ? <CodeForm factor={factor} onBack={() => setFactor(undefined)} /> : <SignInForm onFactor={setFactor} />}
      <LookSettings />
    </main>
  );
}

/** Only where the host says nothing of the marketplace, as on a developer's machine. */
function MarketplaceLine() {
  const { marketplace } = usePage();
  return marketplace ? <NamedMarketplace marketplace={marketplace} /> : null;
}

function NamedMarketplace({ marketplace }: { readonly marketplace: NonNullable<ReturnType<typeof usePage>['marketplace']> }) {
  const { say } = useSpeech();
  return <TextLine label={say('sign-in.marketplace')} hint={say('sign-in.marketplace.hint')} value={useKept(marketplace)} onChange={(slug) => marketplace.set(slug.trim().toLowerCase())} autoComplete="organization" isRequired />;
}
