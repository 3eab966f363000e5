import { chown, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DOCUMENTDB_ROOT } from './debian-root.js';
import { JAIL_ENV, postgresCommand, postgresSettings, type PostgresInJail } from './ferretdb-postgres.js';
import { LocalServerError } from './local-server-error.js';
import { runTool } from './mongo-tool.js';

/** Name of the file that says which program root an instance is linked to. */
const LINKED = 'program';

/**
 * Makes the folder that Postgres takes for its whole file system: the programs as hard links to the shared ones (a folder elsewhere
 * cannot be reached from inside), and what is this instance's own. The data in it is left as it is, or made when there is none.
 */
export async function prepareData(postgres: PostgresInJail, programs: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { root } = postgres;
  await mkdir(root, { recursive: true, mode: 0o755 });
  const isRelinked = await linkPrograms(root, programs, env);
  await makeOwnFiles(postgres);
  if (!(await exists(join(root, 'data')))) return makeData(postgres, env);
  await giveTo(postgres, 'data', env);
  if (isRelinked) await runSql(postgres, 'data', 'alter extension documentdb_core update; alter extension documentdb update', env);
}

async function linkPrograms(root: string, programs: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const linked = await readFile(join(root, LINKED), 'utf8').catch(() => '');
  if (linked === DOCUMENTDB_ROOT) return false;
  await Promise.all(['usr', 'bin', 'sbin', 'lib', 'lib64'].map((name) => rm(join(root, name), { recursive: true, force: true })));
  const link = await runTool('cp', ['-al', join(programs, 'usr'), root], { env });
  // Another disk, or another owner's files, cannot be linked.
  if (link.failure) await rm(join(root, 'usr'), { recursive: true, force: true });
  const { failure } = link.failure ? await runTool('cp', ['-a', '--reflink=auto', join(programs, 'usr'), root], { env }) : link;
  if (failure) throw new LocalServerError(`Postgres with DocumentDB cannot be placed in ${root} (${failure}): make room on that disk, or set MONGO_URL.`);
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) await symlink(`usr/${name}`, join(root, name));
  await writeFile(join(root, LINKED), DOCUMENTDB_ROOT);
  return true;
}

async function makeOwnFiles(postgres: PostgresInJail): Promise<void> {
  const { root, jail } = postgres;
  for (const folder of ['etc', 'dev/shm', 'tmp', 'run/postgresql', 'new']) {
    await rm(join(root, folder), { recursive: true, force: true });
    await mkdir(join(root, folder), { recursive: true });
    await chown(join(root, folder), jail.owner, -1);
  }
  await writeFile(join(root, 'etc/passwd'), `postgres:x:${jail.account}:${jail.account}::/:/bin/sh\n`);
  await writeFile(join(root, 'etc/group'), `postgres:x:${jail.account}:\n`);
  await writeFile(join(root, 'etc/hosts'), '127.0.0.1 localhost\n');
  await writeFile(join(root, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files\n');
  await writeFile(join(root, 'dev/null'), ''); // A real device needs privilege; only initdb opens it, to throw output away.
  await chown(join(root, 'dev/null'), jail.owner, -1);
}

/** Made beside its place and moved there last, so that a start that was killed half-way leaves no half-made data. */
async function makeData(postgres: PostgresInJail, env: NodeJS.ProcessEnv): Promise<void> {
  const options = ['-D', '/new/data', '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-instructions'];
  const [command, args] = postgresCommand(postgres, 'initdb', postgres.durable ? options : [...options, '--no-sync']);
  const { failure } = await runTool(command, args, { env: { ...JAIL_ENV, PATH: env.PATH }, cwd: '/' });
  if (failure) throw new LocalServerError(`The data of FerretDB cannot be made in ${postgres.root} (${failure}): make room on that disk, or set MONGO_URL.`);
  await runSql(postgres, 'new/data', 'create extension documentdb cascade', env);
  await rename(join(postgres.root, 'new/data'), join(postgres.root, 'data'));
}

/** Runs statements, one per `;`, on data that no server runs on. A lone backend reports an error and still ends well. */
async function runSql(postgres: PostgresInJail, data: string, sql: string, env: NodeJS.ProcessEnv): Promise<void> {
  const [command, args] = postgresCommand(postgres, 'postgres', ['--single', '-D', `/${data}`, ...postgresSettings(postgres.durable), 'postgres']);
  const input = sql.split(';').map((statement) => `${statement.trim()}\n`).join('');
  const { stderr, failure } = await runTool(command, args, { env: { ...JAIL_ENV, PATH: env.PATH }, cwd: '/', input });
  const error = failure ?? /(ERROR|FATAL|PANIC): .*/.exec(stderr)?.[0];
  if (error === undefined) return;
  const remedy = 'remove that folder to start anew, or set MONGO_URL';
  throw new LocalServerError(`The data of FerretDB in ${postgres.root} cannot be prepared (${error}): ${remedy}.`);
}

/** The data may have been made under another account: the one that user namespaces, allowed since or no longer, do not need. */
async function giveTo({ jail, root }: PostgresInJail, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  if ((await stat(join(root, folder))).uid === jail.owner) return;
  await runTool('chown', ['-R', String(jail.owner), join(root, folder)], { env });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
