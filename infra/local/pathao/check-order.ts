/** What Pathao says is wrong of an order: by field, in sentences. Empty where it would take it. */
export function wrongOfOrder(order: Readonly<Record<string, unknown>>, storeId: number): Record<string, string[]> {
  const text = (name: string, [min, max]: readonly [number, number]): string[] => {
    const value = order[name];
    return typeof value === 'string' && value.trim().length >= min && value.length <= max ? [] : [`The ${name} must be between ${min} and ${max} characters.`];
  };
  const checks: Record<string, string[]> = {
    store_id: order['store_id'] === storeId ? [] : ['The selected store is invalid.'],
    recipient_name: text('recipient_name', [3, 100]),
    recipient_phone: typeof order['recipient_phone'] === 'string' && /^01\d{9}$/.test(order['recipient_phone']) ? [] : ['The recipient phone must be 11 digits.'],
    recipient_address: text('recipient_address', [10, 220]),
    delivery_type: order['delivery_type'] === 48 || order['delivery_type'] === 12 ? [] : ['The selected delivery type is invalid.'],
    item_type: order['item_type'] === 1 || order['item_type'] === 2 ? [] : ['The selected item type is invalid.'],
    item_quantity: isWhole(order['item_quantity'], 1) ? [] : ['The item quantity must be a whole number.'],
    item_weight: typeof order['item_weight'] === 'number' && order['item_weight'] >= 0.5 && order['item_weight'] <= 10 ? [] : ['The item weight must be between 0.5 and 10.'],
    amount_to_collect: isWhole(order['amount_to_collect'], 0) ? [] : ['The amount to collect must be a whole number.'],
    merchant_order_id: order['merchant_order_id'] === undefined || typeof order['merchant_order_id'] === 'string' ? [] : ['The merchant order id must be a string.'],
  };
  for (const name of Object.keys(order)) if (!known.has(name)) checks[name] = [`The ${name} is not known.`];
  for (const name of ['recipient_city', 'recipient_zone', 'recipient_area']) if (order[name] === null) checks[name] = [`The ${name} must be an integer.`];
  return Object.fromEntries(Object.entries(checks).filter(([, sentences]) => sentences.length > 0));
}

const known = new Set([
  'store_id', 'merchant_order_id', 'recipient_name', 'recipient_phone', 'recipient_secondary_phone', 'recipient_address', 'recipient_city', 'recipient_zone', 'recipient_area', 'delivery_type', 'item_type', 'special_instruction', 'item_quantity',
  'item_weight', 'item_description', 'amount_to_collect',
]);

function isWhole(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least;
}
