import { z } from 'zod';

/** What partners reads from the environment: what a program gets where the operator who registers it says nothing else. */
export const partnersConfig = z.object({
  /** Points of a minute; usually an import of a few thousand products an hour. */
  PARTNER_POINTS_PER_MINUTE: z.coerce.number().int().min(1).max(10_000_000).default(6_000),
  /** Points of a day. */
  PARTNER_POINTS_PER_DAY: z.coerce.number().int().min(1).max(1_000_000_000).default(1_000_000),
  /** Operations that never cost more are approved by themselves. */
  PARTNER_APPROVES_BELOW: z.coerce.number().int().min(0).max(200_000).default(500),
});

/** The settings of partners. */
export type PartnersConfig = z.infer<typeof partnersConfig>;
