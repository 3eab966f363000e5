/** What is known of the socket over which changes arrive. */
export interface ConnectionState {
  readonly isOnline: boolean;
  readonly socket: 'none' | 'open' | 'lost';
  /** Changes were promised once and are no more: the viewer may not have them, or has no session. */
  readonly isEnded: boolean;
  /** When everything shown was last known to be true. */
  readonly trueAt: Date | undefined;
}

/** What happens to it. */
export type ConnectionEvent =
  | { readonly kind: 'online' | 'offline' | 'lost' | 'open' | 'begun' | 'ended'; readonly at: Date };

/** How the page says it. */
export type LiveStatus = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'ended';

/** Before anything happened. */
export function firstState(isOnline: boolean): ConnectionState {
  return { isOnline, socket: 'none', isEnded: false, trueAt: undefined };
}

/** What is known after something happened. What is shown stays true until the moment the connection breaks. */
export function nextState(state: ConnectionState, { kind, at }: ConnectionEvent): ConnectionState {
  const trueAt = statusOf(state) === 'live' ? at : state.trueAt;
  switch (kind) {
    case 'online': return { ...state, isOnline: true };
    case 'offline': return { ...state, isOnline: false, trueAt };
    case 'open': return { isOnline: true, socket: 'open', isEnded: false, trueAt: at };
    case 'lost': return { ...state, socket: state.socket === 'none' ? 'none' : 'lost', trueAt };
    // One list may be kept from a viewer who may have another.
    case 'begun': return { ...state, isEnded: false };
    case 'ended': return { ...state, isEnded: true, trueAt };
  }
}

/** Where it stands, worst first. */
export function statusOf({ isOnline, isEnded, socket }: ConnectionState): LiveStatus {
  if (!isOnline) return 'offline';
  if (isEnded) return 'ended';
  return socket === 'open' ? 'live' : socket === 'lost' ? 'reconnecting' : 'connecting';
}
