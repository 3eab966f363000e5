import type { AnswerAsk } from '../ask.js';
import type { Clock } from '../clock.js';
import type { FederatedSchema } from '../schema.js';

/** How a subgraph is started for a test. */
export interface TestSubgraphOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Other subgraphs that answer asks, by name. */
  readonly localAnswers?: ReadonlyMap<string, AnswerAsk>;
  readonly schema?: FederatedSchema;
}
