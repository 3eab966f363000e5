import type { z } from 'zod';

/** The contract of an ask: a typed request from one subgraph (or the gateway) to another, answered while the asker waits. */
export interface AskContract<I = unknown, O = unknown> {
  /** Who answers. */
  readonly subgraph: string;
  /** `<noun>.<verb>`, such as `viewer.resolve`. */
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly input: z.ZodType<I>;
  readonly output: z.ZodType<O>;
  /** How long the asker waits at most, in milliseconds; a nearer deadline of the request wins. */
  readonly deadlineMs: number;
  /** True when answering changes something: such an ask is idempotent by a key in its input and has an undo. */
  readonly changes: boolean;
  /** `<subgraph>.<name>.v<version>`. */
  readonly key: string;
}

/** Declares an ask. Who may put it to whom is each asking subgraph's list `asks`. */
export function defineAsk<I, O>(contract: Omit<AskContract<I, O>, 'key'>): AskContract<I, O> {
  return { ...contract, key: `${contract.subgraph}.${contract.name}.v${contract.version}` };
}

/** The subject an ask is put on. */
export function askSubjectOf(contract: AskContract): string {
  return `asks.${contract.key}`;
}
