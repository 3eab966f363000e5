import { z } from 'zod';

/** What tenants reads from the environment. */
export const tenantsConfig = z.object({
  /** Under these names every marketplace has `<slug>.<name>`, comma-separated. */
  PLATFORM_DOMAINS: z.string().default('localhost').transform((text) => text.split(',').map((name) => name.trim()).filter(Boolean)),
  /** DNS servers asked for verification records, `address` or `address:port`, comma-separated; the machine's own when empty. */
  DNS_SERVERS: z.string().default('').transform((text) => text.split(',').map((server) => server.trim()).filter(Boolean)),
  /** How long a verification record is waited for from DNS, in milliseconds. */
  DNS_TIMEOUT_MS: z.coerce.number().int().min(100).max(10_000).default(3_000),
});

/** The settings of tenants. */
export type TenantsConfig = z.infer<typeof tenantsConfig>;
