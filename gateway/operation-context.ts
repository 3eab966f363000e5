import type { InternalContext } from '@haat/kit/identity';

/** What one request carries through the gateway. */
export interface OperationContext {
  /** What subgraphs are told, signed. */
  readonly internal: InternalContext;
  /** Aborted when the client went away. */
  readonly gone: AbortSignal;
  /** Signed contexts of this request that are bound to no body, by subgraph. */
  readonly tokens: Map<string, Promise<string>>;
  /** What happened, for the access log. */
  readonly record: OperationRecord;
  /** When the viewer's token ends, in milliseconds since the epoch; absent where it is not known. */
  readonly expiresAt?: number;
  /** Whether what is asked was paid for, as the answers to a subscription's events are when it begins. */
  readonly isPaid?: boolean;
  /** Where the answer may go to others with the same rights: whether a subgraph looked at the person, or did not say. */
  readonly sharing?: { personSeen: boolean };
}

/** What the access log says of an operation. Filled in as it becomes known. */
export interface OperationRecord {
  name?: string;
  /** SHA-256 of the operation's text, hex. */
  hash?: string;
  kind?: 'query' | 'mutation' | 'subscription';
  /** What it costs, and what one may; what its caller has left, and gets back each second. In points. */
  cost?: { readonly requested: number; readonly limit: number; readonly remaining?: number; readonly restoredPerSecond?: number };
  /** How old the answer to this query may be where it is kept, in seconds; 0 when it must be asked for again. Absent for what is no valid query. */
  keepSeconds?: number;
  /** Headers that tell a partner what is left of its quota. */
  quota?: Readonly<Record<string, string>>;
  /** Codes of the errors answered. */
  codes?: readonly string[];
  readonly fetches: FetchRecord[];
}

/** One call to a subgraph. */
export interface FetchRecord {
  readonly subgraph: string;
  /** Milliseconds. */
  readonly ms: number;
  /** The code of what went wrong. */
  readonly failed?: string;
}

/** A context for one request, with nothing recorded yet. */
export function operationContext(internal: InternalContext, gone: AbortSignal): OperationContext {
  return { internal, gone, tokens: new Map(), record: { fetches: [] } };
}
