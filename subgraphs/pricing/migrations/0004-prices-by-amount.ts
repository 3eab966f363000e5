/** Finds the goods that are too dear for what is left of a budget: none, nearly always. */
export const pricesByAmount = {
  name: '0004-prices-by-amount',
  up: 'create index price_by_amount on price (tenant_id, currency, amount_minor);',
};
