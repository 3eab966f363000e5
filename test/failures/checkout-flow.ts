import { newBuyer, placeUntilDone, type Buyer, type Goods } from './buyer.js';
import type { Flow, Scene } from './flow.js';
import { paymentsTime } from './pass-time.js';

/** `placeOrder` from the request to its answer, by a guest who buys of every vendor with a coupon. */
export function checkoutFlow(scene: Scene, goods: Goods): Flow<Buyer> {
  const { shop: { query } } = scene;
  return {
    name: 'checkout',
    boundariesMin: 20,
    prepare: () => newBuyer(scene, goods),
    act: (buyer) => placeUntilDone(scene, buyer),
    settle: async () => undefined,
    isPart: ({ from }) => from === 'checkout',
    // What a checkout may take is over sooner: the job then undoes it, or the client takes it over, whoever comes first.
    async passTime({ cart }) {
      await query(`update orders.checkout set deadline_at = now() - interval '1 second' where cart_id = $1 and state in ('OPEN', 'UNDOING')`, [cart.cartId]);
      await paymentsTime(scene);
    },
  };
}
