import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, Form } from 'react-aria-components';
import { usePage } from '../door/page-parts.js';
import { sayProblem, sayRefused } from '../door/refused.js';
import { TextLine } from '../parts/fields.js';
import { Warning } from '../parts/notice.js';
import { useSpeech } from '../words/speaking.js';
import type { SecondFactor } from './viewer.js';

/** The second factor of a sign-in. */
export function CodeForm({ factor, onBack }: { readonly factor: SecondFactor; readonly onBack: () => void }) {
  const { session } = usePage();
  const speech = useSpeech();
  const [code, setCode] = useState('');
  const { mutate, isPending, data, error } = useMutation({ mutationFn: () => session.confirm(factor.challenge, code.trim()) });
  const problem = data ? sayProblem(speech, data) : error ? sayRefused(speech, error) : undefined;
  return (
    <Form onSubmit={(event) => { event.preventDefault(); mutate(); }}>
      <TextLine label={speech.say('sign-in.code')} name="code" autoComplete="one-time-code" value={code} onChange={setCode} autoFocus isRequired />
      <Warning>{problem}</Warning>
      <Button type="submit" className="main" isDisabled={isPending}>{speech.say('sign-in.code.submit')}</Button>
      <Button onPress={onBack}>{speech.say('sign-in.back')}</Button>
    </Form>
  );
}
