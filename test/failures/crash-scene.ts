import { mutate } from '../support/mutate.js';
import { shopOfTwo } from '../support/shop-of-two.js';
import { signIn, type Person } from '../support/sign-in.js';
import type { Goods } from './buyer.js';
import { checkClients, type AskedBefore } from './checks/check-clients.js';
import { checkEvents, untilRest } from './checks/check-events.js';
import { checkMoney } from './checks/check-money.js';
import { checkStates } from './checks/check-states.js';
import { checkStock } from './checks/check-stock.js';
import { StreamReader } from './checks/stream-reader.js';
import { openCrashShop } from './crash-shop.js';
import type { Scene } from './flow.js';
import { History } from './history.js';

/** How long a token is used, in milliseconds: half as long as it lasts. */
const tokenMs = 300_000;

/** A shop with goods of two vendors, clients that remember, and eyes on everything that lasts. */
export interface CrashScene extends Scene {
  readonly goods: Goods;
  /** Signed in; see `freshen`. */
  readonly operator: Person;
  /** Signs the operator in anew before the token runs out: a flow with many boundaries takes longer than it lasts. */
  freshen(): Promise<void>;
  /** What broke, in words, once everything is at rest. `last` asks for the same again. */
  check(last?: AskedBefore): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens one. */
export async function openCrashScene(env: Record<string, string> = {}): Promise<CrashScene> {
  const shop = await openCrashShop(env);
  try {
    const reader = await StreamReader.open(shop.servers.nats?.url ?? '');
    const { offers, operator } = await shopOfTwo(shop);
    let signedInAt = performance.now();
    const act = (field: string, input: Record<string, unknown>, select: string) => mutate(shop.door, operator, field, input, select);
    const promotion = await act('createPromotion', { name: 'Ten off', class: 'ORDER', combinesWith: ['CATALOGUE'], conditions: [{ kind: 'COUPON' }], effects: [{ kind: 'PERCENT_OFF', ppm: 100_000, on: 'ORDER' }] }, '... on Promotion { id }');
    await act('createCoupons', { promotionId: promotion['id'], code: 'TENOFF' }, '... on CreateCouponsSucceeded { coupons { code } }');
    const scene = { shop, history: new History() };
    return {
      ...scene, operator, goods: { offers, coupon: 'TENOFF' },
      async freshen() {
        if (performance.now() - signedInAt < tokenMs) return;
        Object.assign(operator, await signIn(shop.door, operator.tenant, operator.email));
        signedInAt = performance.now();
      },
      async check(last) {
        await untilRest(shop, reader);
        const clients = await checkClients(scene, last);
        const found = await looked();
        // What follows by itself, as the end of an older order's time to pay, may do so while we look. What is broken stays so; what a client was told, it was told.
        return [...clients, ...(found.length > 0 ? await looked() : found)];

        async function looked(): Promise<string[]> {
          await untilRest(shop, reader);
          return (await Promise.all([checkStock(shop), checkMoney(shop), checkStates(shop), checkEvents(shop, reader)])).flat();
        }
      },
      close: () => reader.close().then(() => shop.close()),
    };
  } catch (error) {
    await shop.close();
    throw error;
  }
}
