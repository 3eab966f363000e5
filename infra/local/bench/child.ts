import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of the bench, and what it said when it was ready. */
export interface Child<T> extends AsyncDisposable {
  readonly pid: number;
  readonly said: T;
}

/** Starts one of this folder's programs, and waits for its first word. It stops when the bench lets go of it. */
export async function startChild<T>(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Child<T>> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), [...args], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const said = await new Promise<T>((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code} before it was ready.`)));
  });
  return { pid: child.pid ?? 0, said, [Symbol.asyncDispose]: () => ended(child) };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.disconnect();
  });
}
