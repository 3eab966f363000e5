import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, lstat, mkdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LocalServerError } from './local-server-error.js';
import { canRun, postgresAccount, type Account } from './postgres-account.js';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.js';

/** Where Postgres runs from and keeps its data, and as whom. */
export interface PostgresPlace {
  /** Folder of the programs. */
  readonly bin: string;
  /** Folder that holds `cluster`, the data; the account can enter it. */
  readonly folder: string;
  /** Undefined when we run it as ourselves. */
  readonly account?: Account;
  /** True when the folder is not below the data folder, because the account cannot reach that. */
  readonly isMoved: boolean;
}

/** A folder that every account reaches; what root puts there is root's, and only the data is the other account's. */
const REACHABLE = '/var/tmp';
const HASH_LENGTH = 16;
const WRITABLE_BY_OTHERS = 0o022;

/**
 * The place for a data folder: below it, or in `/var/tmp/haat-<hash>` when we are root and it lies below a folder
 * that `nobody` cannot enter, such as root's home. Throws `LocalServerError` when neither can be used.
 */
export async function postgresPlace(home: string): Promise<PostgresPlace> {
  const binaries = await postgresBinaries();
  const account = await postgresAccount();
  if (!account) return { bin: join(binaries.folder, 'bin'), folder: home, isMoved: false };
  const bin = join(await reachablePrograms(binaries, account), 'bin');
  const moved = join(REACHABLE, `haat-${hash(await realpath(home))}`);
  // Data that was moved stays moved: a cluster begun anew beside it would look like a loss.
  const stays = !(await exists(join(moved, 'cluster'))) && (await canRun(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', home]));
  if (stays) return { bin, folder: home, account, isMoved: false };
  await ownFolder(moved);
  await moveCluster(join(home, 'cluster'), join(moved, 'cluster'));
  return { bin, folder: moved, account, isMoved: true };
}

async function reachablePrograms(binaries: PostgresBinaries, account: Account): Promise<string> {
  if (await canRun(account, join(binaries.folder, 'bin/postgres'), ['-V'])) return binaries.folder;
  const copies = join(REACHABLE, `haat-postgres-${binaries.version}`);
  await ownFolder(copies);
  const copy = join(copies, 'native');
  if (!(await exists(copy))) await copyTree(binaries.folder, copy);
  if (await canRun(account, join(copy, 'bin/postgres'), ['-V'])) return copy;
  throw new LocalServerError(`Postgres cannot run from ${copy}: allow programs to run from ${REACHABLE}, or set DATABASE_URL.`);
}

/** Whole or not at all, and harmless when two starts do it at once. */
async function copyTree(from: string, to: string): Promise<void> {
  const unfinished = `${to}.${process.pid}`;
  await promisify(execFile)('cp', ['-a', from, unfinished]);
  await promisify(execFile)('chmod', ['-R', 'u+rwX,go=rX', unfinished]);
  await rename(unfinished, to).catch(() => rm(unfinished, { recursive: true }));
}

/** A folder that root makes below one where everybody writes: somebody else may have been there first. */
async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o755 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(folder);
  const isOurs = found.isDirectory() && found.uid === 0 && (found.mode & WRITABLE_BY_OTHERS) === 0;
  if (!isOurs) throw new LocalServerError(`${folder} belongs to somebody else: remove it, or set DATABASE_URL.`);
}

/** Data begun while the account could still reach it goes along. */
async function moveCluster(from: string, to: string): Promise<void> {
  if (!(await exists(from)) || (await exists(to))) return;
  const unfinished = `${to}.${process.pid}`;
  await promisify(execFile)('cp', ['-a', from, unfinished]);
  await rename(unfinished, to);
  await rm(from, { recursive: true });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
