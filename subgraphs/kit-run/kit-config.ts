import { z } from 'zod';

/** What every subgraph reads from the environment, beside its own settings. */
export const kitConfig = z.object({
  /** Private Ed25519 JWK; its key id is `<subgraph>:<number>`. */
  HAAT_SIGNING_KEY: z.string().min(1),
  /** JWKS of everybody's public signing keys. */
  HAAT_TRUSTED_KEYS: z.string().min(1),
  /** Private X25519 JWK or JWKS that opens what was sealed for this subgraph. */
  HAAT_SEALING_KEY: z.string().min(1),
  /** JWKS of everybody's public sealing keys. */
  HAAT_SEALING_PUBLIC_KEYS: z.string().min(1),
  /** The broker, with this subgraph's own user. Without it events wait in the outbox and asks stay in the process: tests only. */
  NATS_URL: z.string().optional(),
  /** The port of a subgraph that runs alone. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4_001),
  /** pino's level: trace, debug, info, warn, error, silent. */
  HAAT_LOG: z.string().default('info'),
  /** Connections to Postgres per subgraph. */
  DATABASE_POOL_MAX: z.coerce.number().int().min(1).max(100).default(10),
});

/** The settings of the kit. */
export type KitConfig = z.infer<typeof kitConfig>;
