import { intentOf } from '../support/pay-intent.js';
import { orderedBy, untilConfirmed, type Goods, type Ordered } from './buyer.js';
import type { Flow, Scene } from './flow.js';
import { paymentsTime } from './pass-time.js';

/** A buyer pays at the provider, which says so by its webhook. */
export function webhookFlow(scene: Scene, goods: Goods): Flow<Ordered> {
  return {
    name: 'payment by webhook',
    boundariesMin: 10,
    prepare: () => orderedBy(scene, goods),
    act: ({ order }) => scene.shop.stripe.control.pay(intentOf(order), 'visa'),
    settle: (ordered) => untilConfirmed(scene, ordered),
    isPart: ({ from }) => from === 'webhook',
  };
}

/** A buyer pays at the provider, and every webhook is lost: the poll finds it. */
export function pollFlow(scene: Scene, goods: Goods): Flow<Ordered> {
  const { control } = scene.shop.stripe;
  return {
    name: 'payment by poll',
    boundariesMin: 10,
    prepare: () => orderedBy(scene, goods),
    async act({ order }) {
      await control.fault({ kind: 'lose', type: '*', times: 10 });
      await control.pay(intentOf(order), 'visa');
    },
    async settle(ordered) {
      await untilConfirmed(scene, ordered);
      await control.clearFaults();
    },
    isPart: ({ from, name, nth }) => from === 'background' && nth === 1 && /^payments\/(stripe|begin|commit|\w+ (payment|payment_attempt|payment_event|payment_share|outbox)):/.test(name),
    passTime: () => paymentsTime(scene),
  };
}
