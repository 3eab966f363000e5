import { eventually } from '@haat/kit/testing/eventually';
import type { TestMarketplace } from './test-marketplace.js';

/** Pieces of an offer: on the shelf, promised to orders, held for checkouts, and left. */
export interface Level {
  readonly onHand: number;
  readonly allocated: number;
  readonly reserved: number;
  readonly available: number;
}

/** The pieces of an offer that lies in one warehouse, read past the product. */
export async function levelOf({ query }: Pick<TestMarketplace, 'query'>, offerId: string): Promise<Level> {
  const [level] = await query<Level>('select on_hand as "onHand", allocated, reserved, available from inventory.stock_level where offer_id = $1', [offerId]);
  if (!level) throw new Error(`Nothing of ${offerId} lies anywhere.`);
  return level;
}

/** Waits until the pieces of an offer are so many. Fails with what they are instead. */
export function levelIs(marketplace: Pick<TestMarketplace, 'query'>, offerId: string, wanted: Partial<Level>, ms = 20_000): Promise<true> {
  return eventually(async () => {
    const level = await levelOf(marketplace, offerId);
    const isSo = Object.entries(wanted).every(([name, pieces]) => level[name as keyof Level] === pieces);
    if (!isSo) throw new Error(`The shelf has ${JSON.stringify(level)}, not ${JSON.stringify(wanted)}.`);
    return true as const;
  }, ms);
}
