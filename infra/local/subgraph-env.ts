import type { SubgraphDefinition } from '@haat/kit/define';
import { makeRoles } from '@haat/kit-postgres/postgres-roles';
import type { Secrets } from './secrets.js';
import type { Servers } from './servers/servers.js';

/** Connections to Postgres per subgraph on one machine: many subgraphs share it. */
const poolMax = '4';

/** What a subgraph's environment is made of. */
export interface SubgraphEnvOptions {
  readonly servers: Servers;
  readonly secrets: Secrets;
  /** The one Postgres database; every subgraph has its own schema and roles in it. */
  readonly database: string;
  /** The environment of the marketplace: a subgraph's own settings pass through. */
  readonly env: NodeJS.ProcessEnv;
}

/** The environment of one subgraph, as a deployment would set it. Makes its database roles or its Mongo database's name. */
export async function subgraphEnv({ name, store }: SubgraphDefinition, options: SubgraphEnvOptions): Promise<NodeJS.ProcessEnv> {
  const { servers, secrets } = options;
  return {
    ...options.env,
    ...sharedEnv(name, secrets),
    ...(store.kind === 'postgres' ? await postgresEnv(name, options) : mongoEnv(name, options)),
    NATS_URL: servers.nats?.urlFor(name),
    DATABASE_POOL_MAX: options.env['DATABASE_POOL_MAX'] ?? poolMax,
    GUEST_KEY_SECRET: secrets.guestKeySecret,
    ACCESS_TOKEN_KEYS: JSON.stringify({ keys: secrets.accessTokenKeys }),
    SMTP_URL: servers.mail?.url ?? options.env['SMTP_URL'],
    MAIL_FROM: options.env['MAIL_FROM'] ?? 'no-reply@haat.example',
    LINK_BASE: options.env['LINK_BASE'] ?? 'http://{slug}.localhost:3000',
  };
}

/** The keys of one principal, and everybody's public ones. */
export function sharedEnv(principal: string, secrets: Secrets): NodeJS.ProcessEnv {
  const all = Object.values(secrets.principals);
  return {
    HAAT_SIGNING_KEY: JSON.stringify(secrets.principals[principal]?.signing.privateJwk),
    HAAT_SEALING_KEY: JSON.stringify(secrets.principals[principal]?.sealing.privateJwk),
    HAAT_TRUSTED_KEYS: JSON.stringify({ keys: all.map((p) => p.signing.publicJwk) }),
    HAAT_SEALING_PUBLIC_KEYS: JSON.stringify({ keys: all.map((p) => p.sealing.publicJwk) }),
  };
}

async function postgresEnv(subgraph: string, { servers, secrets, database }: SubgraphEnvOptions): Promise<NodeJS.ProcessEnv> {
  const passwords = secrets.principals[subgraph]?.databasePasswords;
  if (!servers.postgres || !passwords) throw new Error(`${subgraph} keeps its rows in Postgres, and no Postgres was started.`);
  return { ...(await makeRoles(servers.postgres.url, { database, subgraph, passwords })) };
}

function mongoEnv(subgraph: string, { servers, database }: SubgraphEnvOptions): NodeJS.ProcessEnv {
  if (!servers.mongo) throw new Error(`${subgraph} keeps its documents in MongoDB, and no MongoDB was started.`);
  return { MONGO_URL: servers.mongo.url, MONGO_DATABASE: `${database}_${subgraph}` };
}
