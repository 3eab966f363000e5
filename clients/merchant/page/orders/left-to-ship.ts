/** Goods of an order. */
export interface OrderedPieces {
  readonly id: string;
  readonly quantity: number;
}

/** What was sent of it at once. */
export interface SentPieces {
  readonly status: string;
  readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[];
}

/** Shipments that were not sent after all: their pieces can be sent anew. */
const notSent = new Set(['CANCELLED']);

/** How many pieces of each line nobody sent yet, by the line's id; lines of which all were sent have none. */
export function leftToShip(lines: readonly OrderedPieces[], shipments: readonly SentPieces[]): ReadonlyMap<string, number> {
  const sent = shipments.filter(({ status }) => !notSent.has(status)).flatMap((shipment) => shipment.lines);
  const left = lines.map(({ id, quantity }) => [id, quantity - sent.filter(({ orderLineId }) => orderLineId === id).reduce((sum, line) => sum + line.quantity, 0)] as const);
  return new Map(left.filter(([, quantity]) => quantity > 0));
}
