import type { Log } from '@haat/kit/log';
import { requestSeconds } from './meters.js';
import type { OperationContext } from './operation-context.js';

/** One request, when it has been answered. */
export interface Answered {
  readonly method: string;
  /** `graphql`, or the subgraph whose hook was called: paths may hold what is nobody's business. */
  readonly door: string;
  readonly status: number;
  readonly requestId: string;
  readonly startedAt: number;
  /** Absent when the request was refused before it was known whose it is. */
  readonly context?: OperationContext;
}

/** Counts it, and writes one line: what was asked, where, by which kind of viewer, how it went and what it cost. Never a value of the request. */
export function logAnswered(log: Log, answered: Answered): void {
  const { method, door, status, requestId, context } = answered;
  const record = context?.record;
  const ms = performance.now() - answered.startedAt;
  requestSeconds.record({ door, status: String(status) }, ms / 1_000);
  log.info({
    requestId, method, door, status,
    ms: Math.round(ms * 10) / 10,
    operation: record?.name, operationKind: record?.kind, hash: record?.hash, codes: record?.codes, cost: record?.cost?.requested,
    tenant: context?.internal.tenant.slug, viewer: context?.internal.viewer.kind,
    fetches: record?.fetches,
  }, 'answered');
}
