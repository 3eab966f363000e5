import { useLiveStatus } from '../door/use-live-status.js';
import { useSpeech } from '../words/speaking.js';

/** Whether changes arrive, in a word. */
export function LiveMark() {
  const { say } = useSpeech();
  const { status } = useLiveStatus();
  return <p className="live-mark" role="status" data-status={status}><span aria-hidden="true" className="dot" />{say(`live.${status}`)}</p>;
}
