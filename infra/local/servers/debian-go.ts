import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackDebian } from './debian-root.js';
import { fetchDebianPackages } from './debian-packages.js';
import { LocalServerError } from './local-server-error.js';
import { findTool, runTool } from './mongo-tool.js';

const MINOR_MIN = 25;

/** The machine's own Go, when it has 1.25 or newer, which FerretDB asks for. */
export async function ownGo(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const program = await findTool('go', env);
  if (program === undefined) return undefined;
  const { stdout } = await runTool(program, ['env', 'GOVERSION'], { env, cwd: '/' });
  return Number(/^go1\.(\d+)/.exec(stdout)?.[1]) >= MINOR_MIN ? program : undefined;
}

/** Debian's Go, unpacked into `folder`; its programs are static, so that any Linux runs them as they are. */
export async function debianGo(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const debs = await fetchDebianPackages({ packages: ['golang-go'], unneeded: [/^(?!golang)/] }, join(folder, 'downloads'), env);
  await unpackDebian(debs, folder, env);
  const version = (await readdir(join(folder, 'usr/lib'))).find((name) => /^go-1\.\d+$/.test(name));
  if (version === undefined) throw new LocalServerError('Debian gave no Go to build FerretDB with: install Go 1.25 or newer, or mongod 7 or newer, or set MONGO_URL.');
  return join(folder, 'usr/lib', version, 'bin/go');
}
