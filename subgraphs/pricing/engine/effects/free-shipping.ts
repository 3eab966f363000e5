import type { FreeShipping } from '../effect.js';
import { wishing, type EffectOutcome, type Reach } from './wish.js';

/** Each delivery for nothing, up to the cap. */
export function freeShipping({ capMinor }: FreeShipping, { deliveries }: Reach): EffectOutcome {
  return wishing(deliveries.map((delivery) => ({ from: [delivery], wantedMinor: Math.min(delivery.amountMinor, capMinor ?? Infinity) })));
}
