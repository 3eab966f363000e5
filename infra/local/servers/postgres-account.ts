import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The account that Postgres runs as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: Account = { uid: 65_534, gid: 65_534 };

/** The account `nobody` when we are root, whom Postgres refuses to run as; otherwise undefined, which is ourselves. */
export async function postgresAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const found = /^nobody:[^:]*:(\d+):(\d+):/m.exec(accounts);
  return found ? { uid: Number(found[1]), gid: Number(found[2]) } : NOBODY;
}

/** Whether the account can run a command with these arguments: asked by doing it, so that every kind of permission counts. */
export async function canRun(account: Account, command: string, args: readonly string[]): Promise<boolean> {
  return promisify(execFile)(command, [...args], { ...account, cwd: '/' }).then(() => true, () => false);
}
