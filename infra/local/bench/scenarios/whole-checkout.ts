import { checkOut } from '../bench-cart.js';
import { offersWithMany } from '../offers-with-many.js';
import type { Scenario } from '../scenario.js';

/** Enough that buyers seldom wait for each other's shelf. */
const offersCount = 20;

/** From an empty cart to a confirmed order, as a guest who pays in cash. Figures are of all six requests together, and of what orders set going. */
export const scenario: Scenario = {
  name: 'a whole checkout of 6 requests',
  requests: 300,
  async prepare(door) {
    const offers = await offersWithMany(door, offersCount);
    return async (n) => {
      const offer = offers[n % offers.length];
      if (!offer) throw new Error('There is nothing to buy.');
      await checkOut(door, offer);
    };
  },
};
