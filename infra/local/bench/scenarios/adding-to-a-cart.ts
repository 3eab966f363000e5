import { addToCart, openCart } from '../bench-cart.js';
import { offersWithMany } from '../offers-with-many.js';
import type { Scenario } from '../scenario.js';

/** More than connections, so that nobody waits for another's cart; and lines in each. */
const cartsCount = 64;
const linesCount = 5;

/** One more piece in a guest's cart of five lines. */
export const scenario: Scenario = {
  name: 'adding to a cart',
  requests: 1_000,
  async prepare(door, { isTrial }) {
    const offers = await offersWithMany(door, linesCount);
    const carts = await Promise.all(Array.from({ length: isTrial ? 2 : cartsCount }, () => openCart(door)));
    return async (n) => {
      const cart = carts[n % carts.length];
      const offer = offers[Math.floor(n / carts.length) % offers.length];
      if (!cart || !offer) throw new Error('There is no cart, or nothing to put in.');
      await addToCart(door, cart, offer);
    };
  },
};
