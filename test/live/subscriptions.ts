import { createHash } from 'node:crypto';
import type { TypedOperation } from '@haat/schema/clients/typed-operation';

/** A level as the subscriptions of these tests select it. */
export interface SelectedLevel {
  readonly id: string;
  readonly count: number;
  readonly title: string | null;
}

/** Levels of one vendor, or those that are low. */
export const liveLevels = operationOf<{ levelChanged: SelectedLevel }, { vendorId: string; lowOnly?: boolean }>(
  'LiveLevels', 'subscription LiveLevels($vendorId: ID!, $lowOnly: Boolean) { levelChanged(vendorId: $vendorId, lowOnly: $lowOnly) { id count title } }');

/** The viewer's own messages. */
export const liveMessages = operationOf<{ messageArrived: { id: string; userId: string } }, Record<string, never>>('LiveMessages', 'subscription LiveMessages { messageArrived { id userId } }');

/** A subscription by hand, as the generator would make it. */
export function operationOf<D, V>(name: string, text: string, kind: 'query' | 'subscription' = 'subscription'): TypedOperation<D, V> {
  return { id: createHash('sha256').update(text).digest('hex'), name, kind, text };
}
