/** Lines that one cart may hold. */
export const linesMax = 250;

/** Ways to leave promotions out that a search for the best deal looks at. */
export const combinationsMax = 64;

/** Times a whole cart is priced in such a search, trials of exclusive groups counted. */
export const evaluationsMax = 128;

/** A whole, in parts per million. */
export const wholePpm = 1_000_000;

/** Effects of one promotion. */
export const effectsMax = 5;

/** Conditions of one promotion. */
export const conditionsMax = 20;

/** Tiers of one effect. */
export const tiersMax = 20;

/** Items of one bundle. */
export const bundleItemsMax = 10;

/** Values in one list of a condition or a target. */
export const listMax = 250;

/** The highest rate of one tax, in parts per million: 1000 %. */
export const taxPpmMax = 10_000_000;
