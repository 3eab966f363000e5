import type { GraphQLFormattedError } from 'graphql';

/** A subgraph that runs in this process. The kit's running subgraph is one. */
export interface LocalSubgraph {
  readonly name: string;
  execute(operation: LocalOperation): Promise<SubgraphAnswer>;
  handle(request: LocalRequest): Promise<LocalResponse>;
}

/** An operation for a subgraph of the same process. */
export interface LocalOperation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly contextToken: string;
}

/** What a subgraph answers to an operation. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** A request in HTTP's shape for a subgraph of the same process. */
export interface LocalRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
}

/** What it answers. */
export interface LocalResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}
