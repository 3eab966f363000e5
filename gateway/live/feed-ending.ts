import type { GraphQLFormattedError } from 'graphql';
import type { CloseCode } from './close-codes.js';

/** Why a feed ends before its client ends it. */
export interface FeedEnding {
  readonly closeCode: CloseCode;
  readonly error: GraphQLFormattedError;
  /** Whether everything else on the socket ends with it: it was about the viewer, or the socket itself. */
  readonly isForAll: boolean;
  /** From where somebody who comes back goes on. */
  readonly cursor?: string;
}

/** Ends a feed: thrown inside it. */
export class FeedEnded extends Error {
  constructor(readonly ending: FeedEnding) {
    super(ending.error.message);
  }
}
