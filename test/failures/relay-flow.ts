import { eventually } from '@haat/kit/testing/eventually';
import { intentOf } from '../support/pay-intent.js';
import { followMs, newBuyer, orderedBy, placeUntilDone, untilConfirmed, type Goods, type Ordered } from './buyer.js';
import type { Flow, Scene } from './flow.js';
import { checkoutTime, paymentsTime } from './pass-time.js';

/** What is told on the way from a cart to a confirmed order: outbox, relay, stream, inbox, and what each consumer does. */
export function relayFlow(scene: Scene, goods: Goods): Flow<Ordered> {
  return {
    name: 'events',
    boundariesMin: 40,
    prepare: () => orderedBy(scene, goods),
    async act({ order }) {
      await scene.shop.stripe.control.pay(intentOf(order), 'visa');
      // More is said meanwhile, by another buyer, who begins anew where the door is shut.
      const other = await eventually(() => newBuyer(scene, goods), followMs);
      await placeUntilDone(scene, other);
    },
    settle: (ordered) => untilConfirmed(scene, ordered),
    isPart: ({ from, name, nth }) => from === 'background' && nth === 1 && /^(orders|payments|inventory|carts|pricing|shipping)\/(publish|mark|ack|\w+ (outbox|inbox_take)|commit):/.test(name),
    async passTime() {
      await checkoutTime(scene);
      await paymentsTime(scene);
    },
  };
}
