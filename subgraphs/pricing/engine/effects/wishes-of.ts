import type { Effect } from '../effect.js';
import { amountOff } from './amount-off.js';
import { bundlePrice } from './bundle-price.js';
import { buyXGetY } from './buy-x-get-y.js';
import { cheapestFree } from './cheapest-free.js';
import { fixedPrice } from './fixed-price.js';
import { freeShipping } from './free-shipping.js';
import { gift } from './gift.js';
import { percentOff } from './percent-off.js';
import { tiered } from './tiered.js';
import type { EffectOutcome, Reach } from './wish.js';

/** What an effect would take, before floors, caps and budgets. */
export function wishesOf(effect: Effect, reach: Reach): EffectOutcome {
  switch (effect.kind) {
    case 'PERCENT_OFF': return percentOff(effect, reach);
    case 'AMOUNT_OFF': return amountOff(effect, reach);
    case 'FIXED_PRICE': return fixedPrice(effect, reach);
    case 'BUNDLE_PRICE': return bundlePrice(effect, reach);
    case 'TIERED': return tiered(effect, reach);
    case 'CHEAPEST_FREE': return cheapestFree(effect, reach);
    case 'BUY_X_GET_Y': return buyXGetY(effect, reach);
    case 'GIFT': return gift(effect, reach);
    case 'FREE_SHIPPING': return freeShipping(effect, reach);
  }
}
