/** The greatest number that the database's integers hold: what comes to more is shown as that, since one offer's numbers must not fail the others asked for with it. */
export const intMax = 2 ** 31 - 1;

/** What can be bought of an offer over its shelves `s`, by the pieces that can be bought of each, and whether backorders are among them: as SQL. Nothing where there is no shelf. */
export function offerTotal(pieces: string): string {
  return `least(coalesce(sum(greatest(${pieces}, 0)), 0), ${intMax})::int as available, coalesce(bool_or(s.backorder_limit > 0 and ${pieces} > 0), false) as backorder`;
}
