import { execFile } from 'node:child_process';
import { access, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LocalServerError } from './local-server-error.js';
import type { PostgresPlace } from './postgres-place.js';

/** The superuser of a cluster made here. */
export const POSTGRES_ADMIN = 'postgres';

const MAJOR = '18';

/**
 * Rounds of the hash of a password: Postgres' own number, or one where the data is thrown away. Each connection of a test costs
 * its client all of them, and there is nothing to guard.
 */
export function scramIterations(durable: boolean): number {
  return durable ? 4_096 : 1;
}

/** A cluster to be there. */
export interface ClusterWish {
  readonly place: PostgresPlace;
  readonly password: string;
  readonly durable: boolean;
}

/**
 * The folder of the cluster, made by initdb the first time: UTF-8, sorted by code point on every machine, passwords by scram.
 * Throws `LocalServerError` when it is another version's or another account's, or cannot be made.
 */
export async function postgresCluster(wish: ClusterWish): Promise<string> {
  const cluster = join(wish.place.folder, 'cluster');
  if (await exists(cluster)) await mustBeOurs(cluster, wish.place);
  else await make(cluster, wish);
  return cluster;
}

async function mustBeOurs(cluster: string, place: PostgresPlace): Promise<void> {
  const owner = (await stat(cluster)).uid;
  const wanted = place.account?.uid ?? process.getuid?.() ?? owner;
  if (owner !== wanted) {
    throw new LocalServerError(`The database in ${cluster} was made by another account: start as root or not as it was made, or start with --fresh.`);
  }
  const major = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim();
  if (major !== MAJOR) throw new LocalServerError(`The database in ${cluster} is Postgres ${major}'s and ${MAJOR} runs here: start with --fresh.`);
}

/** Made beside its place and renamed into it, so that a start cut short leaves nothing half made. */
async function make(cluster: string, wish: ClusterWish): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  const passwordFile = join(wish.place.folder, 'initdb-password');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, `${wish.password}\n`, { mode: 0o600 });
  try {
    await giveTo(wish.place, [unfinished, passwordFile]);
    await initdb({ ...wish, folder: unfinished, passwordFile });
    await rename(unfinished, cluster);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function giveTo({ account }: PostgresPlace, paths: readonly string[]): Promise<void> {
  if (account) for (const path of paths) await chown(path, account.uid, account.gid);
}

async function initdb(wish: ClusterWish & { folder: string; passwordFile: string }): Promise<void> {
  const args = [
    '-D', wish.folder, '-U', POSTGRES_ADMIN, '-A', 'scram-sha-256', `--pwfile=${wish.passwordFile}`, '-E', 'UTF8', '--no-instructions',
    '--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-messages=C',
    '-c', `scram_iterations=${scramIterations(wish.durable)}`, ...(wish.durable ? [] : ['--no-sync']),
  ];
  // A bare environment: PGDATA, PGOPTIONS and the like are meant for other servers.
  const env = { PATH: process.env['PATH'], TZ: 'UTC' };
  await promisify(execFile)(join(wish.place.bin, 'initdb'), args, { ...wish.place.account, cwd: '/', env }).catch((cause: Error & { stderr?: string }) => {
    const reason = lastLine(cause.stderr) || cause.message;
    throw new LocalServerError(`The database could not be made in ${wish.folder} (${reason}): ${remedy(reason)}, or set DATABASE_URL.`, { cause });
  });
}

/** A container may run us as a number that no account has; initdb insists on a name. */
function remedy(reason: string): string {
  return reason.includes('user does not exist') ? `add a line for user ${process.getuid?.()} to /etc/passwd` : 'make room there';
}

function lastLine(text = ''): string {
  return text.trim().split('\n').at(-1) ?? '';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
