import { registerEnumType } from 'type-graphql';

/** What a promotion is about. */
export enum PromotionClass { CATALOGUE = 'CATALOGUE', LINE = 'LINE', ORDER = 'ORDER', SHIPPING = 'SHIPPING' }
/** Whether a promotion counts. */
export enum PromotionState { SCHEDULED = 'SCHEDULED', ACTIVE = 'ACTIVE', ENDED = 'ENDED' }
/** What must hold. */
export enum PromotionConditionKind {
  CART_VALUE = 'CART_VALUE', CART_QUANTITY = 'CART_QUANTITY', PRODUCT = 'PRODUCT', CATEGORY = 'CATEGORY', ATTRIBUTE = 'ATTRIBUTE', VENDOR = 'VENDOR', NTH_ORDER = 'NTH_ORDER',
  COUNTRY = 'COUNTRY', TIME = 'TIME', COUPON = 'COUPON', BUDGET = 'BUDGET', CURRENCY = 'CURRENCY', BUYER = 'BUYER', CHANNEL = 'CHANNEL', PAYMENT = 'PAYMENT', SHIPPING_METHOD = 'SHIPPING_METHOD',
}
/** What is given. */
export enum PromotionEffectKind {
  PERCENT_OFF = 'PERCENT_OFF', AMOUNT_OFF = 'AMOUNT_OFF', FIXED_PRICE = 'FIXED_PRICE', BUNDLE_PRICE = 'BUNDLE_PRICE', TIERED = 'TIERED', CHEAPEST_FREE = 'CHEAPEST_FREE',
  BUY_X_GET_Y = 'BUY_X_GET_Y', GIFT = 'GIFT', FREE_SHIPPING = 'FREE_SHIPPING',
}
/** At which step goods are valued. */
export enum CartValueMoment { BEFORE_CATALOGUE = 'BEFORE_CATALOGUE', AFTER_CATALOGUE = 'AFTER_CATALOGUE', NOW = 'NOW' }
/** With which taxes goods are valued. */
export enum CartValueTax { AS_PRICED = 'AS_PRICED', NET = 'NET', GROSS = 'GROSS' }
/** What an effect is given on. */
export enum PromotionScope { PIECE = 'PIECE', LINE = 'LINE', GROUP = 'GROUP', ORDER = 'ORDER', SHIPPING = 'SHIPPING' }
/** What tiers are measured by. */
export enum TierMeasure { QUANTITY = 'QUANTITY', VALUE = 'VALUE' }
/** What a tier takes off. */
export enum TierOff { PERCENT = 'PERCENT', AMOUNT = 'AMOUNT' }

const described = (name: string, description: string, values: object, texts: Readonly<Record<string, string>>): void =>
  registerEnumType(values, { name, description, valuesConfig: Object.fromEntries(Object.entries(texts).map(([value, text]) => [value, { description: text }])) });

described('PromotionClass', 'What a promotion is about, in the order in which they count.', PromotionClass, {
  CATALOGUE: 'Makes goods cheaper for everybody, before any cart.', LINE: 'Makes lines of a cart cheaper.', ORDER: 'Takes off a vendor\'s goods or the whole cart.', SHIPPING: 'Makes delivery cheaper or free.' });
described('PromotionState', 'Whether a promotion or sale counts now.', PromotionState, {
  SCHEDULED: 'Waits for its beginning.', ACTIVE: 'Counts for carts and prices now.', ENDED: 'Counts no more, for good.' });
described('PromotionConditionKind', 'What must hold for a promotion to count.', PromotionConditionKind, {
  CART_VALUE: 'The goods are worth enough and not too much.', CART_QUANTITY: 'The cart holds enough pieces and not too many.', PRODUCT: 'The cart holds some of these products, variants or offers.',
  CATEGORY: 'The cart holds goods of these categories or below.', ATTRIBUTE: 'The cart holds goods with one of these values.', VENDOR: 'The cart holds goods of these vendors.',
  NTH_ORDER: 'It would be the buyer\'s first, tenth or later order.', COUNTRY: 'It goes to one of these countries.', TIME: 'It is a time of the week.', COUPON: 'One of its coupons is in the cart.',
  BUDGET: 'So much of its budget is left.', CURRENCY: 'The cart is in one of these currencies.', BUYER: 'The buyer is of a kind or in a group.', CHANNEL: 'The cart came by one of these channels.',
  PAYMENT: 'It is paid in one of these ways.', SHIPPING_METHOD: 'A delivery goes by one of these methods.' });
described('PromotionEffectKind', 'What a promotion gives to a cart.', PromotionEffectKind, {
  PERCENT_OFF: 'A percentage is taken off.', AMOUNT_OFF: 'An amount is taken off.', FIXED_PRICE: 'Each piece costs a fixed price.', BUNDLE_PRICE: 'Several goods together cost a price.',
  TIERED: 'The more is bought, the more is off.', CHEAPEST_FREE: 'The cheapest of every so many are free.', BUY_X_GET_Y: 'Buying some makes others cheaper or free.', GIFT: 'Pieces of an offer are free.',
  FREE_SHIPPING: 'Delivery is free, up to an amount.' });
described('CartValueMoment', 'At which step the goods are valued.', CartValueMoment, {
  BEFORE_CATALOGUE: 'At their prices without any promotion.', AFTER_CATALOGUE: 'After flash sales and catalogue promotions.', NOW: 'After everything that came before this promotion.' });
described('CartValueTax', 'With which taxes the goods are valued.', CartValueTax, {
  AS_PRICED: 'As the prices are written.', NET: 'Without the taxes of the destination.', GROSS: 'With the taxes of the destination.' });
described('PromotionScope', 'What an effect is given on.', PromotionScope, {
  PIECE: 'Each single piece of the goods.', LINE: 'Each line by itself.', GROUP: 'Each vendor\'s goods together.', ORDER: 'All goods of the cart together.', SHIPPING: 'Each vendor\'s delivery by itself.' });
described('TierMeasure', 'What tiers are measured by.', TierMeasure, { QUANTITY: 'By the number of pieces.', VALUE: 'By what the goods are worth.' });
described('TierOff', 'What a tier takes off.', TierOff, { PERCENT: 'A percentage, by its parts per million.', AMOUNT: 'An amount in minor units.' });
