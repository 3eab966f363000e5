import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.js';

/** A checkout that has only what its test gives it, and the bootstrap. */
export interface BareCheckout extends AsyncDisposable {
  readonly folder: string;
  /** Writes a file, its folders included. */
  write(path: string, text: string): Promise<void>;
  /** Loads a piece of this checkout's own bootstrap. */
  load<T>(piece: string): Promise<T>;
  /** Runs the bootstrap in an environment that has only what is given, without standard input. */
  run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }>;
}

/** A checkout in a temporary folder with copies of the named files of this one. */
export async function bareCheckout(files: readonly string[] = []): Promise<BareCheckout> {
  const folder = await mkdtemp(join(tmpdir(), 'haat-bare-'));
  for (const path of ['infra/bootstrap.mjs', 'infra/bootstrap', ...files]) await cp(join(root, path), join(folder, path), { recursive: true });
  return {
    folder,
    write: async (path, text) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    load: (piece) => import(pathToFileURL(join(folder, 'infra/bootstrap', piece)).href),
    run: (args, env) => run(folder, args, env),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function run(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(folder, 'infra/bootstrap.mjs'), ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
