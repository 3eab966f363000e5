import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fetch } from 'undici';
import { eventually } from '@haat/kit/testing/eventually';
import { root } from '@haat/local/cli/root';
import { freePort } from '@haat/local/servers/free-port';
import type { Part } from './part.js';

/** A program's own time to answer on its port. */
const readyWithinMs = 60_000;

/** A compiled program in a process of its own, always on the same port. */
export class Program implements Part {
  readonly url: string;
  #child?: ChildProcess;

  private constructor(private readonly file: string, private readonly env: NodeJS.ProcessEnv, private readonly port: number) {
    this.url = `http://127.0.0.1:${port}`;
  }

  /** One that is not started yet. `file` is from the checkout's root on. */
  static async of(file: string, env: NodeJS.ProcessEnv): Promise<Program> {
    return new Program(file, env, await freePort());
  }

  /** Resolves when it says that it is ready. Throws what it said where it ends before. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [join(root, this.file)], { env: { ...this.env, PORT: String(this.port) }, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    const said: string[] = [];
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    await eventually(async () => child.exitCode !== null || (await fetch(`${this.url}/ready`)).ok, readyWithinMs);
    if (child.exitCode !== null) throw new Error(`${this.file} ended with ${child.exitCode}: ${said.join('')}`);
  }

  kill(): Promise<number | null> {
    return this.#end('SIGKILL');
  }

  stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.#child;
    if (!child) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  }
}
