import type { TypedOperation } from '@haat/schema/clients/typed-operation';
import { LiveEnded } from '@haat/transport-client/live-feed';
import { useEffect, useRef } from 'react';
import { usePage } from './page-parts.js';

/** Listens as long as it is shown. After a gap everything is asked for again; what ends it for good is told to the page. */
export function useLive<D, V>(operation: TypedOperation<D, V>, variables: V, take: (data: D) => void, isWanted = true): void {
  const { door, queries, tell } = usePage();
  const taking = useRef(take);
  useEffect(() => {
    taking.current = take;
  });
  const wish = JSON.stringify(variables);
  useEffect(() => {
    if (!isWanted) return;
    const end = new AbortController();
    const listen = async (): Promise<void> => {
      for await (const { data, gap } of door.live(operation, JSON.parse(wish) as V, { signal: end.signal })) {
        if (gap) await queries.invalidateQueries();
        else if (data && !end.signal.aborted) taking.current(data);
      }
    };
    void listen().catch((error: unknown) => {
      if (error instanceof LiveEnded) tell('ended');
      else throw error;
    });
    return () => end.abort();
  }, [door, queries, tell, operation, wish, isWanted]);
}
