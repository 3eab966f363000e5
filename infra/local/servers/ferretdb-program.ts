import { join } from 'node:path';
import { debianGo, ownGo } from './debian-go.js';
import { LocalServerError } from './local-server-error.js';
import { makeOnce } from './mongo-make-once.js';
import { sayProgress, type Progress } from './mongo-progress.js';
import { runTool } from './mongo-tool.js';

const VERSION = 'v2.7.0';
const TRIES = 3;

/** The file that `ferretdbProgram` makes in the folder of programs. */
export const FERRETDB_PROGRAM = `ferretdb-${VERSION}`;

/** FerretDB's program, built by Go at most once in `programs`; its sources are checked by Go's public checksum database. */
export async function ferretdbProgram(programs: string, env: NodeJS.ProcessEnv, progress: Progress): Promise<string> {
  const program = join(programs, FERRETDB_PROGRAM);
  await makeOnce(program, {
    make: (folder) => build(folder, env, progress),
    onWait: () => progress('MongoDB: wait for another start, which builds FerretDB'),
  });
  return program;
}

async function build(folder: string, env: NodeJS.ProcessEnv, progress: Progress): Promise<string> {
  const own = await ownGo(env);
  const go = own ?? (await sayProgress(progress, 'download Go from Debian (45 MB)', () => debianGo(join(folder, 'debian'), env)));
  // What a user's own Go fetches stays in the user's caches; else it goes with this folder.
  const caches = own && env.HOME ? {} : { GOPATH: join(folder, 'go'), GOCACHE: join(folder, 'cache'), GOFLAGS: '-modcacherw' };
  const title = `download and build FerretDB ${VERSION} with Go (1 to 2 minutes the first time)`;
  await sayProgress(progress, title, () => install(go, folder, { ...env, ...caches, CGO_ENABLED: '0', GOBIN: folder }));
  return join(folder, 'ferretdb');
}

async function install(go: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { failure } = await runTool(go, ['install', '-trimpath', `github.com/FerretDB/FerretDB/v2/cmd/ferretdb@${VERSION}`], { env, cwd: folder });
    if (failure === undefined) return;
    if (attempt < TRIES) continue;
    const remedy = 'check the network, or set MONGO_URL, or install mongod 7 or newer';
    throw new LocalServerError(`FerretDB cannot be built (${failure}): ${remedy}.`);
  }
}
