import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { neededPackages, type DebianWish } from './debian-closure.js';
import { debianMirror } from './debian-mirror.js';
import { runTool, type ToolResult } from './mongo-tool.js';
import { LocalServerError } from './local-server-error.js';

const SUITE = 'forky';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const TRIES = 3;

/** The files of the packages that a wish needs, fetched into `folder` and checked by Debian's signature; the system's apt state is not touched. */
export async function fetchDebianPackages(wish: DebianWish, folder: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const apt = await makeApt(folder, env);
  await tryAgain('apt-get update', () => apt('apt-get', ['update']));
  const solution = await tryAgain('apt-get install', () => apt('apt-get', ['install', '--yes', '--no-install-recommends', '--print-uris', ...wish.packages]));
  const planned = new Set([...solution.stdout.matchAll(/^'\S+' ([^_\s]+)_\S+ \d+/gm)].map(([, name]) => String(name)));
  const index = await tryAgain('apt-cache show', () => apt('apt-cache', ['show', '--no-all-versions', ...planned]));
  const names = neededPackages(wish, planned, index.stdout);
  await tryAgain('apt-get download', () => apt('apt-get', ['download', ...names]));
  const files = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
  if (files.length !== names.length) throw notFetched(`${wish.packages[0]}: ${files.length} of ${names.length} packages came`);
  return files.map((name) => join(folder, name));
}

type Apt = (command: string, args: readonly string[]) => Promise<ToolResult>;

/** apt with its configuration, sources, lists and logs below `folder`. */
async function makeApt(folder: string, env: NodeJS.ProcessEnv): Promise<Apt> {
  if (!(await access(KEYRING).then(() => true, () => false))) {
    throw new LocalServerError(`Debian's keys are missing (${KEYRING}): install the package debian-archive-keyring or mongod, or set MONGO_URL.`);
  }
  for (const part of ['etc/apt.conf.d', 'etc/preferences.d', 'etc/auth.conf.d', 'state/lists/partial', 'cache/archives/partial', 'log']) {
    await mkdir(join(folder, part), { recursive: true });
  }
  await writeFile(join(folder, 'etc/sources.list'), `deb [signed-by=${KEYRING}] ${await debianMirror()} ${SUITE} main\n`);
  await writeFile(join(folder, 'state/status'), '');
  await writeFile(join(folder, 'apt.conf'), aptConf(folder, await systemNetwork(env)));
  return (command, args) => runTool(command, args, { env: { ...env, LC_ALL: 'C', APT_CONFIG: join(folder, 'apt.conf') }, cwd: folder });
}

function aptConf(folder: string, network: string[]): string {
  return [
    ...network,
    ...Object.entries({ Dir: '', 'Dir::Etc': 'etc', 'Dir::State': 'state', 'Dir::State::status': 'state/status', 'Dir::Cache': 'cache', 'Dir::Log': 'log' })
      .map(([name, part]) => `${name} "${join(folder, part)}";`),
    'Dir::Cache::pkgcache "";', // Two files of 45 MB that would be read once.
    'Dir::Cache::srcpkgcache "";',
    'APT::Architecture "amd64";',
    '#clear APT::Architectures;',
    'APT::Architectures:: "amd64";',
    'APT::Sandbox::User "root";',
    'APT::Update::Error-Mode "any";', // Else an index that could not be fetched is a warning.
    'Acquire::Languages "none";',
    'Acquire::Check-Valid-Until "false";', // A mirror may be older than the suite's lists claim to live.
  ].join('\n');
}

/** The machine's own settings of how apt reaches the network (proxies, certificates), and nothing that runs or writes. */
async function systemNetwork(env: NodeJS.ProcessEnv): Promise<string[]> {
  const { stdout } = await runTool('apt-config', ['dump'], { env });
  return stdout.split('\n').filter((line) => /^Acquire::(https?|Force-?IPv[46]|Check-Date)\b/i.test(line));
}

async function tryAgain(what: string, work: () => Promise<ToolResult>): Promise<ToolResult> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await work();
    if (result.failure === undefined) return result;
    if (attempt === TRIES) throw notFetched(`${what}: ${result.failure}`);
  }
}

function notFetched(why: string): LocalServerError {
  const remedy = 'check the network, or set MONGO_URL, or install mongod 7 or newer';
  return new LocalServerError(`Debian's packages cannot be fetched (${why}): ${remedy}.`);
}
