import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

const Announce = createContext<(sentence: string) => void>(() => undefined);

/** Says what happened to those who do not see it, and shows it for a moment to the others. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState({ sentence: '', turn: 0 });
  const announce = useCallback((sentence: string) => setSaid(({ turn }) => ({ sentence, turn: turn + 1 })), []);
  return (
    <Announce value={announce}>
      {children}
      <div className="announcement" role="status" aria-live="polite">
        {said.sentence && <p key={said.turn}>{said.sentence}</p>}
      </div>
    </Announce>
  );
}

/** Says a sentence, politely: after what is being read. */
export function useAnnounce(): (sentence: string) => void {
  return useContext(Announce);
}
