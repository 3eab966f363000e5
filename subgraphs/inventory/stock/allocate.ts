/** Pieces of one offer that one warehouse can give. */
export interface Shelf {
  readonly warehouseId: string;
  readonly offerId: string;
  readonly available: number;
  /** Lower comes first. */
  readonly priority: number;
  /** Whether the warehouse sends to where the order goes. */
  readonly serves: boolean;
}

/** A line that wants pieces. */
export interface Wanted {
  readonly lineId: string;
  readonly offerId: string;
  readonly quantity: number;
}

/** Pieces of a line from one warehouse. */
export interface Taken extends Wanted {
  readonly warehouseId: string;
}

/** A line of which there is not enough. */
export interface Short {
  readonly lineId: string;
  readonly offerId: string;
  readonly requested: number;
  readonly available: number;
}

/** What is taken from where, for every line or for none. */
export type Allocation = { readonly taken: readonly Taken[] } | { readonly short: readonly Short[] };

/**
 * Chooses warehouses: one that can give everything, the first by priority; else line by line one that can give the whole
 * line, warehouses in use before others; else as few as possible, the fullest first. Pieces that one line takes are gone
 * for the next.
 */
export function allocate(lines: readonly Wanted[], shelves: readonly Shelf[]): Allocation {
  const serving = shelves.filter(({ serves, available }) => serves && available > 0).sort((a, b) => a.priority - b.priority || (a.warehouseId < b.warehouseId ? -1 : 1));
  const short = shortLines(lines, serving);
  if (short.length > 0) return { short };
  const whole = [...new Set(serving.map(({ warehouseId }) => warehouseId))].find((warehouseId) => shortLines(lines, serving.filter((shelf) => shelf.warehouseId === warehouseId)).length === 0);
  return { taken: takeAll(lines, whole === undefined ? serving : serving.filter((shelf) => shelf.warehouseId === whole)) };
}

function shortLines(lines: readonly Wanted[], shelves: readonly Shelf[]): Short[] {
  const left = new Map<string, number>();
  for (const { offerId, available } of shelves) left.set(offerId, (left.get(offerId) ?? 0) + available);
  return lines.flatMap(({ lineId, offerId, quantity }) => {
    const available = left.get(offerId) ?? 0;
    left.set(offerId, Math.max(0, available - quantity));
    return available >= quantity ? [] : [{ lineId, offerId, requested: quantity, available }];
  });
}

function takeAll(lines: readonly Wanted[], shelves: readonly Shelf[]): Taken[] {
  const left = new Map(shelves.map((shelf) => [shelf, shelf.available]));
  const used = new Set<string>();
  return lines.flatMap((line) => {
    const own = shelves.filter(({ offerId }) => offerId === line.offerId);
    const parts = takeLine(line, own, { left, used });
    for (const { warehouseId } of parts) used.add(warehouseId);
    return parts;
  });
}

function takeLine(line: Wanted, shelves: readonly Shelf[], { left, used }: { readonly left: Map<Shelf, number>; readonly used: ReadonlySet<string> }): Taken[] {
  const room = (shelf: Shelf): number => left.get(shelf) ?? 0;
  const enough = shelves.filter((shelf) => room(shelf) >= line.quantity);
  const one = enough.find(({ warehouseId }) => used.has(warehouseId)) ?? enough[0];
  const parts: Taken[] = [];
  let missing = line.quantity;
  for (const shelf of one ? [one] : [...shelves].sort((a, b) => room(b) - room(a))) {
    const quantity = Math.min(missing, room(shelf));
    if (quantity === 0) continue;
    left.set(shelf, room(shelf) - quantity);
    missing -= quantity;
    parts.push({ ...line, quantity, warehouseId: shelf.warehouseId });
  }
  return parts;
}
