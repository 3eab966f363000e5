import { operationsMeasure } from '@haat/schema/asks/gateway';
import { answering, type AnswerAsk } from '@haat/kit/ask';
import type { Clock } from '@haat/kit/clock';
import type { Log } from '@haat/kit/log';
import type { TrustedKeys } from '@haat/kit/signing';
import { usedOnce } from '@haat/kit/used-once';
import type { z } from 'zod';
import { limitsFor } from './limits/limits.js';
import { measureOperation } from './operations/measure-operation.js';
import type { Supergraph } from './supergraph.js';

/** What the gateway answers with. */
export interface GatewayAnswersOptions {
  /** Whose asks are believed. */
  readonly trusted: TrustedKeys;
  readonly clock: Clock;
  readonly log: Log;
  readonly supergraph: Supergraph;
}

/** Answers what others must know of the door: today what an operation would cost here. */
export function gatewayAnswers({ trusted, clock, log, supergraph }: GatewayAnswersOptions): AnswerAsk {
  const run = (input: unknown, { tenant }: { readonly tenant: { readonly limits: Readonly<Record<string, number>> } }): Promise<z.output<typeof operationsMeasure.output>> => supergraph.use(async ({ schema }) => {
    const { texts } = operationsMeasure.input.parse(input);
    return { operations: texts.map((text) => measureOperation(schema(), text, limitsFor(tenant.limits))) };
  });
  return answering({ subgraph: 'gateway', trusted, used: usedOnce(), clock, log, answers: new Map([[operationsMeasure.key, { contract: operationsMeasure, run }]]) });
}
