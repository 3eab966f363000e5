import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The largest file read from history, in bytes. */
const fileBytesMax = 64 * 1024 * 1024;

/** A file as it was at a commit, or why it cannot be had. */
export type CommittedFile = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/**
 * Reads `name`, relative to `folder`, at a commit. A machine without git, or a folder outside any repository, is an answer too.
 * git speaks English here, because what it says is read.
 */
export async function committedFile(folder: string, commit: string, name: string): Promise<CommittedFile> {
  if (commit.startsWith('-')) return { ok: false, why: `${commit} is not a commit` };
  try {
    const { stdout } = await run('git', ['show', `${commit}:./${name}`], { cwd: folder, maxBuffer: fileBytesMax, env: { ...process.env, LC_ALL: 'C' } });
    return { ok: true, text: stdout };
  } catch (error) {
    return { ok: false, why: whyNot(error as NodeJS.ErrnoException & { stderr?: string }, commit, name) };
  }
}

function whyNot(error: NodeJS.ErrnoException & { stderr?: string }, commit: string, name: string): string {
  if (error.code === 'ENOENT') return 'git is not installed';
  const said = error.stderr ?? error.message;
  if (/not a git repository|dubious ownership/i.test(said)) return 'this is no git repository';
  if (/does not exist|exists on disk, but not in|invalid object name|unknown revision|bad revision/i.test(said)) return `${commit} has no ${name}`;
  return said.trim().split('\n', 1)[0] ?? 'git failed';
}
