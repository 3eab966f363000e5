import { registerEnumType } from 'type-graphql';

/** Why an offer has its place in the buy box. */
export const BuyBoxReasons = {
  ONLY_ONE: 'ONLY_ONE', LOWEST_PRICE: 'LOWEST_PRICE', BEST_SCORE: 'BEST_SCORE', IN_STOCK: 'IN_STOCK', EQUAL: 'EQUAL',
  HIGHER_PRICE: 'HIGHER_PRICE', LOWER_SCORE: 'LOWER_SCORE', ON_BACKORDER: 'ON_BACKORDER',
  NOT_ACTIVE: 'NOT_ACTIVE', VENDOR_CLOSED: 'VENDOR_CLOSED', NO_PRICE: 'NO_PRICE', OUT_OF_STOCK: 'OUT_OF_STOCK',
} as const;
/** One of them. */
export type BuyBoxReason = keyof typeof BuyBoxReasons;

registerEnumType(BuyBoxReasons, {
  name: 'BuyBoxReason',
  description: 'Why an offer is first among the offers of a variant, or is not.',
  valuesConfig: {
    ONLY_ONE: { description: 'First: no other offer can be bought now.' },
    LOWEST_PRICE: { description: 'First: the others that can be bought cost more.' },
    BEST_SCORE: { description: 'First: of those with the lowest price its vendor serves best.' },
    IN_STOCK: { description: 'First: of equals it is in stock, the next on backorder.' },
    EQUAL: { description: 'As good as its neighbour; their ids decide, for good.' },
    HIGHER_PRICE: { description: 'Behind the first one, which costs less.' },
    LOWER_SCORE: { description: 'Behind the first one, whose vendor serves better.' },
    ON_BACKORDER: { description: 'Behind the first one, which is in stock.' },
    NOT_ACTIVE: { description: 'Cannot be bought: the offer itself is not for sale.' },
    VENDOR_CLOSED: { description: 'Cannot be bought: its vendor is suspended, closed or on holiday.' },
    NO_PRICE: { description: 'Cannot be bought: it has no price in the currency of the marketplace.' },
    OUT_OF_STOCK: { description: 'Cannot be bought: nothing is in stock, nor taken on backorder.' },
  },
});
