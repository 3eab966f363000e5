import { Button } from 'react-aria-components';
import { sayRefused } from '../door/refused.js';
import { useSpeech } from '../words/speaking.js';

/** Something went otherwise than wished: read at once. */
export function Warning({ children }: { readonly children: string | undefined }) {
  return children ? <p className="warning" role="alert">{children}</p> : null;
}

/** What was asked did not come; it may be asked again. */
export function NotThere({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  const speech = useSpeech();
  return (
    <div className="not-there">
      <Warning>{sayRefused(speech, error)}</Warning>
      <Button onPress={onAgain}>{speech.say('again')}</Button>
    </div>
  );
}
