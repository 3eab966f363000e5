import { statusOf, type LiveStatus } from './connection-state.js';
import { useKept } from './kept.js';
import { usePage } from './page-parts.js';

/** Whether changes arrive, and until when what is shown was known to be true. */
export function useLiveStatus(): { readonly status: LiveStatus; readonly trueAt: Date | undefined } {
  const state = useKept(usePage().connection);
  return { status: statusOf(state), trueAt: state.trueAt };
}
