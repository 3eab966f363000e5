/**
 * Why a socket is closed. Below 2000 by the registry of RFC 6455; 44xx as `graphql-transport-ws` has them; the others are ours.
 */
export const closeCodes = {
  /** This process stops; another one is there. Come back, with the cursors. */
  restart: 1012,
  /** A part that is needed does not answer. Come back later, with the cursors. */
  tryLater: 1013,
  badMessage: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  subprotocol: 4406,
  initLate: 4408,
  idTaken: 4409,
  /** The reader was too slow; the reason is the cursor of what was delivered last. */
  tooSlow: 4413,
  initAgain: 4429,
  /** Too many sockets of this viewer, address or tenant. */
  tooMany: 4430,
} as const;

/** One of the codes. */
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** The code for a refusal that concerns everything on a socket; undefined where it concerns one operation only. */
export function closeCodeOf(code: unknown): CloseCode {
  if (code === 'UNAUTHENTICATED') return closeCodes.unauthenticated;
  if (code === 'SUBGRAPH_UNAVAILABLE' || code === 'DEADLINE_EXCEEDED' || code === 'INTERNAL') return closeCodes.tryLater;
  if (code === 'RATE_LIMITED' || code === 'TOO_MANY') return closeCodes.tooMany;
  if (code === 'BAD_USER_INPUT') return closeCodes.badMessage;
  return closeCodes.forbidden;
}
