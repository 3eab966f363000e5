import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { usePage } from '../door/page-parts.js';
import { sayProblem, sayRefused } from '../door/refused.js';
import { TextLine } from '../parts/fields.js';
import { Warning } from '../parts/notice.js';
import { useSpeech } from '../words/speaking.js';
import type { SecondFactor } from './viewer.js';

/** E-mail address and password. */
export function SignInForm({ onFactor }: { readonly onFactor: (factor: SecondFactor) => void }) {
  const { session } = usePage();
  const speech = useSpeech();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () => session.signIn(email, password),
    onSuccess: (answer) => { if (answer?.__typename === 'SecondFactorRequired') onFactor(answer); },
  });
  const problem = data && data.__typename !== 'SecondFactorRequired' ? sayProblem(speech, data) : error ? sayRefused(speech, error) : undefined;
  return (
    <Form onSubmit={(event) => { event.preventDefault(); mutate(); }}>
      <TextLine label={speech.say('sign-in.email')} type="email" name="email" autoComplete="username" value={email} onChange={setEmail} isRequired />
      <TextLine label={speech.say('sign-in.password')} type="password" name="password" autoComplete="current-password" value={password} onChange={setPassword} isRequired />
      <Warning>{problem}</Warning>
      <Button type="submit" className="main" isDisabled={isPending}>{speech.say(isPending ? 'sign-in.busy' : 'sign-in.submit')}</Button>
    </Form>
  );
}
