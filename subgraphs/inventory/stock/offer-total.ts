/** What can be bought of an offer over its shelves `s`, by the pieces that can be bought of each, and whether backorders are among them: as SQL. */
export function offerTotal(pieces: string): string {
  return `sum(greatest(${pieces}, 0))::int as available, bool_or(s.backorder_limit > 0 and ${pieces} > 0) as backorder`;
}
