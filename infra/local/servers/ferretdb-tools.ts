import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ownGo } from './debian-go.js';
import { DOCUMENTDB_ROOT } from './debian-root.js';
import { FERRETDB_PROGRAM } from './ferretdb-program.js';
import { LocalServerError } from './local-server-error.js';
import { findTool } from './mongo-tool.js';

const PACKAGES: Record<string, string> = {
  'apt-get': 'apt',
  'dpkg-deb': 'dpkg',
  unshare: 'util-linux',
  cp: 'coreutils',
  env: 'coreutils',
};

/**
 * Checks, before anything is fetched, that the machine has what a start needs from here on; less is needed once the programs are there.
 *
 * @throws LocalServerError that names all that is missing.
 */
export async function requireFerretdbTools(programs: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const here = `${process.platform} ${process.arch}`;
    throw new LocalServerError(`A MongoDB can be made only on Linux x64, not on ${here}: set MONGO_URL, or install mongod 7 or newer.`);
  }
  const needed = ['unshare', 'cp', 'env'];
  const isBuildable = (await isThere(join(programs, FERRETDB_PROGRAM))) || (await ownGo(env)) !== undefined;
  if (!isBuildable || !(await isThere(join(programs, DOCUMENTDB_ROOT)))) needed.push('apt-get', 'dpkg-deb');
  const found = await Promise.all(needed.map((name) => findTool(name, env)));
  const missing = needed.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((name) => PACKAGES[name] ?? name))];
  const lack = `No MongoDB is here and one cannot be made without ${missing.join(', ')}`;
  throw new LocalServerError(`${lack}: set MONGO_URL, install mongod 7 or newer, or install ${packages.join(', ')}.`);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
