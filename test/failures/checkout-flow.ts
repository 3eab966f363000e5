import { eventually } from '@haat/kit/testing/eventually';
import { followMs, newBuyer, placeUntilDone, type Buyer, type Goods } from './buyer.js';
import type { Flow, Scene } from './flow.js';
import { checkoutTime, paymentsTime } from './pass-time.js';

/** `placeOrder` from the request to its answer, by a guest who buys of every vendor with a coupon. */
export function checkoutFlow(scene: Scene, goods: Goods): Flow<Buyer> {
  return {
    name: 'checkout',
    boundariesMin: 20,
    prepare: () => newBuyer(scene, goods),
    act: (buyer) => placeUntilDone(scene, buyer),
    // The payment is opened behind the answer too, where the process died in between.
    settle: ({ cart }) => eventually(async () => {
      const open = await scene.shop.query(`select 1 from orders.placed_order o left join payments.payment p on p.order_id = o.id left join payments.payment_attempt a on a.payment_id = p.id
        where o.cart_id = $1 and a.reference is null`, [cart.cartId]);
      return open.length === 0;
    }, followMs).then(() => undefined),
    isPart: ({ from }) => from === 'checkout',
    async passTime() {
      await checkoutTime(scene);
      await paymentsTime(scene);
    },
  };
}
