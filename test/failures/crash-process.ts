import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ChildSettings, FromChild, Passing, ToChild } from './passing.js';

/** A marketplace in a process that can be killed: loaded, and started when it is told to. */
export class CrashProcess {
  readonly #child: ChildProcess;
  readonly #loaded: Promise<unknown>;
  /** Resolves when the process has ended, however. */
  readonly ended: Promise<unknown>;

  constructor(settings: ChildSettings, env: NodeJS.ProcessEnv) {
    this.#child = fork(fileURLToPath(new URL('./crash-child.js', import.meta.url)), { env: { ...env, CRASH_CHILD: JSON.stringify(settings) }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.ended = once(this.#child, 'exit');
    this.#loaded = this.#heard('loaded');
    this.#loaded.catch(() => undefined);
  }

  /** Starts the marketplace, and answers where its door is. */
  async go(): Promise<string> {
    await this.#loaded;
    return (await this.#asked({ kind: 'go' }, 'ready')).url;
  }

  /** Counts passings from now on, and dies at one where it is said. */
  async arm(dieAt?: Passing): Promise<void> {
    await this.#asked({ kind: 'arm', dieAt }, 'armed');
  }

  /** What it passed since it was armed, in order. */
  async passings(): Promise<readonly Passing[]> {
    return (await this.#asked({ kind: 'tell' }, 'told')).passings;
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #asked<K extends FromChild['kind']>(message: ToChild, kind: K): Promise<Extract<FromChild, { kind: K }>> {
    const heard = this.#heard(kind);
    if (this.#child.connected) this.#child.send(message, () => undefined);
    return heard;
  }

  #heard<K extends FromChild['kind']>(kind: K): Promise<Extract<FromChild, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const listen = (message: FromChild): void => {
        if (message.kind !== kind && message.kind !== 'failed') return;
        this.#child.off('message', listen);
        if (message.kind === 'failed') reject(new Error(message.why));
        else resolve(message as Extract<FromChild, { kind: K }>);
      };
      this.#child.on('message', listen);
      void this.ended.then(() => reject(new Error(`The process ended and never said ${kind}.`)));
    });
  }
}
