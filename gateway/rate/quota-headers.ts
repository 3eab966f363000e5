import type { Partner } from '../partners.js';

/** What is left of each quota, and when it is whole again. */
export interface QuotaLeft {
  readonly minute: { readonly points: number; readonly seconds: number };
  readonly day: { readonly points: number; readonly seconds: number };
}

/**
 * A partner's quotas and what is left of them, as headers: RateLimit fields for HTTP
 * (draft-ietf-httpapi-ratelimit-headers-10). The unit is a point of cost, which the draft has no name for.
 */
export function quotaHeaders({ pointsPerMinute, pointsPerDay }: Partner, { minute, day }: QuotaLeft): Readonly<Record<string, string>> {
  return {
    'ratelimit-policy': `"minute";q=${pointsPerMinute};w=60;qu="points", "day";q=${pointsPerDay};w=86400;qu="points"`,
    ratelimit: `"minute";r=${minute.points};t=${minute.seconds}, "day";r=${day.points};t=${day.seconds}`,
  };
}
