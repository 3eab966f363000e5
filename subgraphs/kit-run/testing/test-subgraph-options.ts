import type { AnswerAsk } from '@haat/kit/ask';
import type { Clock } from '@haat/kit/clock';
import type { FederatedSchema } from '@haat/kit/schema';

/** How a subgraph is started for a test. */
export interface TestSubgraphOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Other subgraphs that answer asks, by name. */
  readonly localAnswers?: ReadonlyMap<string, AnswerAsk>;
  readonly schema?: FederatedSchema;
}
