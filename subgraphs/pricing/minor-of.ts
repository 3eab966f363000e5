/** A `bigint` column of minor units as a statement answers it: the driver gives text. Columns are checked to stay within 2^53. */
export function minorOf(read: string | null): number | null {
  return read === null ? null : Number(read);
}
