import { tryPlace, type PlacedOrder, type ReadyCart } from '../../support/buy.js';
import type { Asker } from '../../support/graph.js';
import { mutate } from '../../support/mutate.js';
import type { Scene } from '../flow.js';

/** What the last buyer asked for, to be asked for again. */
export interface AskedBefore {
  readonly asker: Asker;
  readonly cart: ReadyCart;
  readonly key: string;
}

/** What breaks S7 and S8: what clients were told is there, and is told again under the same key. */
export async function checkClients({ shop, history }: Scene, last: AskedBefore | undefined): Promise<string[]> {
  const found: string[] = [];
  const orders = new Map((await shop.query<{ id: string; total: string }>(`select id, totals ->> 'totalMinor' as total from orders.placed_order`)).map(({ id, total }) => [id, total]));
  const told = new Map<string, string>();
  for (const { what, key, answer } of history.calls) {
    const { id } = answer as unknown as { id: string };
    if (told.has(key) && told.get(key) !== id) found.push(`S8 ${what} was answered with ${told.get(key)} and ${id}`);
    told.set(key, id);
    if (what === 'placeOrder' && orders.get(id) !== String((answer as unknown as PlacedOrder).totals.total.minor)) found.push(`S7 ${id} was acknowledged and is not there as it was told`);
  }
  if (last) found.push(...(await askedAgain(shop, last, told.get(last.key))));
  return found;
}

async function askedAgain({ door }: Scene['shop'], { asker, cart, key }: AskedBefore, id: string | undefined): Promise<string[]> {
  const again = await tryPlace(door, asker, cart, { idempotencyKey: key });
  const other = await tryPlace(door, asker, cart, { idempotencyKey: key, payWith: 'CASH_ON_DELIVERY' }).then((answer) => answer.__typename, (error: unknown) => String(error));
  const now = await mutate(door, asker, 'openCart', {}, '... on OpenCartSucceeded { cart { id } }').catch(() => undefined);
  return [
    ...(again['id'] === id ? [] : [`S8 the same key was answered with ${id} and then with ${JSON.stringify(again)}`]),
    ...(other.includes('IDEMPOTENCY_KEY_REUSED') ? [] : [`S8 another order under the same key came to ${other}`]),
    ...(now ? [] : ['S8 the buyer can open no cart any more']),
  ];
}
