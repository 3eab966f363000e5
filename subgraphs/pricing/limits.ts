/** Rows that one `setPrices` takes. */
export const priceRowsMax = 250;

/** Prices that one offer may have, over all lists, tiers and windows. */
export const pricesPerOfferMax = 200;

/** The dearest price of one piece, in minor units: 250 lines of a million pieces stay within 2^53. */
export const priceMinorMax = 1_000_000_000_000;

/** Pieces that a tier may begin at. */
export const tierQuantityMax = 1_000_000;

/** Price lists that a marketplace may have. */
export const priceListsMax = 500;

/** Promotions that may count or wait at the same time in a marketplace, beside those that vendors bear alone. */
export const openPromotionsMax = 200;

/** Promotions that one vendor bears alone and that may count or wait at the same time. */
export const vendorPromotionsMax = 20;

/** Characters of a code that somebody chose. */
export const codeCharactersMax = 40;

/** Random signs of a code: 25^10 codes, so that a million of them are not found by trying. */
export const randomSigns = 10;

/** Codes of one batch. */
export const couponBatchMax = 1_000;

/** Flash sales that may run or wait at the same time in a marketplace, beside those of merchants. */
export const openFlashSalesMax = 200;

/** Flash sales of merchants that may run or wait at the same time with offers of one vendor. */
export const vendorFlashSalesMax = 20;

/** Offers of one flash sale. */
export const flashSaleOffersMax = 250;

/** Tax classes of a marketplace, and rates over all classes. */
export const taxClassesMax = 100;
export const taxRatesMax = 2_000;

/** Offers that are priced anew in one transaction. */
export const repricedAtOnce = 100;

/** Days before a price that its lowest predecessor is looked for in (Directive 98/6/EC, Article 6a). */
export const lowestDays = 30;
