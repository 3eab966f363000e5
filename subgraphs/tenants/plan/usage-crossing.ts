/** The shares of a limit at which the tenant is told, in percent. */
export const warnedPercents = [80, 100] as const;
/** One of the shares at which the tenant is told. */
export type WarnedPercent = (typeof warnedPercents)[number];

/** The highest warned share that going from `before` to `after` crosses upwards, or undefined. No limit, no crossing. */
export function crossing(before: number, after: number, limit: number | undefined): WarnedPercent | undefined {
  if (limit === undefined || limit <= 0) return undefined;
  return warnedPercents.filter((percent) => before * 100 < limit * percent && after * 100 >= limit * percent).at(-1);
}
