import { alikeLoader } from '@haat/kit/loader';
import type { ForwardPageArgs, Page } from '@haat/kit/page';
import type { PartnersContext } from './context.js';
import { listOperationsOfEach } from './operation/find-operation.js';
import type { OperationStatus, RegisteredOperation } from './operation/registered-operation.js';
import { listUsageOfEach, type PartnerUsage } from './usage/list-usage.js';

/** The first page of one program's operations, of one status or all. */
export interface OperationsWish {
  readonly id: string;
  readonly page: ForwardPageArgs;
  readonly status?: OperationStatus;
}

/** The last days of one program. */
export interface UsageWish {
  readonly id: string;
  readonly days: number;
}

/** The loaders of one request: of all programs that are asked for alike by one statement. */
export interface PartnersLoaders {
  readonly operationsOf: ReturnType<typeof operationsOf>;
  readonly usageOf: ReturnType<typeof usageOf>;
}

/** Makes them. */
export function partnersLoaders(ctx: PartnersContext): PartnersLoaders {
  return { operationsOf: operationsOf(ctx), usageOf: usageOf(ctx) };
}

function operationsOf(ctx: PartnersContext) {
  return alikeLoader<OperationsWish, Page<RegisteredOperation>>((ids, { page, status }) => listOperationsOfEach(ctx, ids, page, status));
}

function usageOf(ctx: PartnersContext) {
  return alikeLoader<UsageWish, readonly PartnerUsage[]>((ids, { days }) => listUsageOfEach(ctx, ids, days));
}
