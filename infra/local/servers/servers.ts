import { LocalServerError } from './local-server-error.js';
import { startMail } from './mail.js';
import { startMongo } from './mongo.js';
import type { NatsUser } from './nats-config.js';
import { startNats, type NatsServer } from './nats.js';
import { startPostgres } from './postgres.js';
import type { LocalServer, ServerOptions } from './server.js';

/** A kind of server that can be wanted. */
export type ServerKind = 'postgres' | 'mongo' | 'nats' | 'mail';

/** Which servers, for whom. A `port` cannot be given to several. */
export interface ServersOptions extends Omit<ServerOptions, 'port'> {
  readonly want: readonly ServerKind[];
  /** The users of NATS. */
  readonly users: readonly NatsUser[];
}

/** The servers that were wanted. */
export interface Servers {
  readonly postgres?: LocalServer;
  readonly mongo?: LocalServer;
  readonly nats?: NatsServer;
  readonly mail?: LocalServer;
  /** Stops all that were started here. */
  close(): Promise<void>;
}

/** Starts the wanted servers at once; when one cannot be had, stops the others and throws `LocalServerError` with what to do. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const wanted = new Set(options.want);
  const [postgres, mongo, nats, mail] = await Promise.allSettled([
    wanted.has('postgres') ? startPostgres(options) : undefined,
    wanted.has('mongo') ? startMongo(options) : undefined,
    wanted.has('nats') ? startNats(options) : undefined,
    wanted.has('mail') ? startMail(options) : undefined,
  ]);
  const close = () => closeAll([postgres, mongo, nats, mail]);
  for (const outcome of [postgres, mongo, nats, mail]) {
    if (outcome.status === 'fulfilled') continue;
    await close();
    throw asLocalServerError(outcome.reason);
  }
  return { postgres: started(postgres), mongo: started(mongo), nats: started(nats), mail: started(mail), close };
}

function started<T>(outcome: PromiseSettledResult<T>): T | undefined {
  return outcome.status === 'fulfilled' ? outcome.value : undefined;
}

async function closeAll(outcomes: readonly PromiseSettledResult<LocalServer | undefined>[]): Promise<void> {
  await Promise.all(outcomes.map((outcome) => started(outcome)?.close()));
}

/** Trouble that the system reports is the machine's: a full disk, a folder that cannot be written. The rest is our bug. */
function asLocalServerError(reason: unknown): unknown {
  if (!(reason instanceof Error) || reason instanceof LocalServerError || !('syscall' in reason)) return reason;
  return new LocalServerError(`A local server could not be started (${reason.message}): check the disk's room and the data folder's permissions.`, { cause: reason });
}
