import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { DebianWish } from './debian-closure.js';
import { fetchDebianPackages } from './debian-packages.js';
import { makeOnce } from './mongo-make-once.js';
import { sayProgress, type Progress } from './mongo-progress.js';
import { runTool } from './mongo-tool.js';
import { LocalServerError } from './local-server-error.js';

const DOCUMENTDB: DebianWish = {
  packages: ['postgresql-18', 'postgresql-18-documentdb', 'postgresql-18-postgis-3', 'dash', 'tzdata'],
  // Maintainer scripts, just-in-time compilation, raster formats and language files are a third of the packages' hundred megabytes.
  unneeded: [
    /^postgresql-(common|client)/, /^postgresql-18-rum$/, /perl/, /^libllvm/, /^libgdal/, /^libsfcgal/, /^proj-data$/, /^libc-bin$/, /gconv/,
    /^locales/, /^debconf/, /^debianutils$/, /^ucf$/, /^adduser$/, /^ssl-cert$/, /^systemd/, /^netbase$/, /^openssl-provider/, /^libpam-modules/,
    /^libsasl2-modules/, /^libselinux/, /^libxslt/, /-(base|common)$/,
  ],
};
const NOT_FOR_RUNNING = ['doc', 'locale', 'man', 'lintian', 'gdb', 'menu'];

/** Names what `documentdbRoot` makes: a new name is made anew, and data folders take it at their next start. */
export const DOCUMENTDB_ROOT = 'postgres-18-documentdb-1';

/** The folder that holds `usr` of a Debian with Postgres 18 and DocumentDB, made at most once in `programs`. */
export async function documentdbRoot(programs: string, env: NodeJS.ProcessEnv, progress: Progress): Promise<string> {
  const root = join(programs, DOCUMENTDB_ROOT);
  await makeOnce(root, {
    make: async (folder) => {
      const title = 'download Postgres with DocumentDB from Debian (60 MB)';
      const debs = await sayProgress(progress, title, () => fetchDebianPackages(DOCUMENTDB, join(folder, 'downloads'), env));
      await sayProgress(progress, `unpack ${debs.length} packages`, () => unpack(debs, join(folder, 'root'), env));
      return join(folder, 'root');
    },
    onWait: () => progress('MongoDB: wait for another start, which fetches Postgres with DocumentDB'),
  });
  return root;
}

async function unpack(debs: readonly string[], root: string, env: NodeJS.ProcessEnv): Promise<void> {
  await unpackDebian(debs, root, env);
  await Promise.all(NOT_FOR_RUNNING.map((name) => rm(join(root, 'usr/share', name), { recursive: true, force: true })));
  // DocumentDB asks for the extension by its plain name; Debian's alternatives system, which is not run, would link it.
  await symlink('postgis-3.control', join(root, 'usr/share/postgresql/18/extension/postgis.control'));
}

/**
 * Unpacks packages into a folder as Debian lays a system out; nothing in them is run.
 *
 * @throws LocalServerError when the disk is full.
 */
export async function unpackDebian(debs: readonly string[], root: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(root, 'usr', name), { recursive: true });
    await symlink(`usr/${name}`, join(root, name));
  }
  for (const deb of debs) {
    const { failure } = await runTool('dpkg-deb', ['--extract', deb, root], { env });
    if (failure) throw new LocalServerError(`A package of Debian cannot be unpacked in ${root} (${failure}): make room on that disk, or set MONGO_URL.`);
  }
}
