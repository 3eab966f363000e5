import { useEffect, useState } from 'react';
import { useLiveStatus } from '../door/use-live-status.js';
import { useSpeech } from '../words/speaking.js';

/** A connection that is back before this is not worth a sentence, in milliseconds. */
const patienceMs = 1_500;

/** Says in a sentence that changes do not arrive, and that nothing is lost. */
export function LiveBanner() {
  const { say, time } = useSpeech();
  const { status, trueAt } = useLiveStatus();
  const isBroken = status === 'offline' || status === 'reconnecting' || status === 'ended';
  const isLong = useLasting(isBroken);
  if (!isBroken || !isLong || (status !== 'ended' && !trueAt)) return null;
  return <p className="banner">{status === 'ended' ? say('live.banner.ended') : say(`live.banner.${status}`, { time: trueAt ? time(trueAt) : '' })}</p>;
}

function useLasting(is: boolean): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!is) return setIsLong(false);
    const timer = setTimeout(() => setIsLong(true), patienceMs);
    return () => clearTimeout(timer);
  }, [is]);
  return isLong;
}
