/** What can be bought of an offer over its shelves `s`, by the pieces that can be bought of each, and whether backorders are among them: as SQL. Nothing where there is no shelf. */
export function offerTotal(pieces: string): string {
  return `coalesce(sum(greatest(${pieces}, 0)), 0)::int as available, coalesce(bool_or(s.backorder_limit > 0 and ${pieces} > 0), false) as backorder`;
}
