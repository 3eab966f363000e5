import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { lastLines } from './last-lines.js';
import { LocalServerError } from './local-server-error.js';

/** A program to run until it is stopped or its parent ends. */
export interface Program {
  /** Its name for people. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Its whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** File that takes its output; emptied at each start. */
  readonly logFile: string;
  /** The signal that asks it to stop well. */
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** Account to run as; default: ours. */
  readonly account?: { readonly uid: number; readonly gid: number };
}

/** A running program. */
export interface Supervised {
  /** Process id of the program itself, not of its guard. */
  readonly pid: number;
  /** False once the program has ended. */
  isRunning(): boolean;
  /** Resolves when the program has ended for any reason. */
  readonly ended: Promise<void>;
  /** The last lines of its output, for a message. */
  lastLines(): Promise<string>;
  /** Asks it to stop, kills it after 20 seconds, and resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Runs a program that ends with this process, also when this process is killed and cannot say so.
 * Throws `LocalServerError` when it cannot be started.
 */
export async function supervise(program: Program): Promise<Supervised> {
  const log = await open(program.logFile, 'w', 0o600);
  try {
    return await underGuard(program, log.fd);
  } finally {
    await log.close();
  }
}

/**
 * The guard's standard input is a pipe whose other end only we hold: when we end, or close it, the system tells the
 * guard. Output goes to a file, because a program that logs while it stops would die of a pipe nobody reads.
 * The guard has its own session, so that Ctrl-C reaches us alone and the order of stopping is ours.
 */
const GUARD = `
exec 4<&0 </dev/null
"$@" 3>&- 4<&- &
program=$!
echo "$program" >&3
exec 3>&-
(
  read -r nothing <&4
  kill -s "$HAAT_STOP_SIGNAL" "$program"
  tenths=0
  while kill -0 "$program" && [ "$tenths" -lt 200 ]; do sleep 0.1; tenths=$((tenths + 1)); done
  kill -KILL "$program"
) 2>/dev/null &
watch=$!
exec 4<&-
wait "$program"
code=$?
kill "$watch" 2>/dev/null
wait "$watch" 2>/dev/null
exit "$code"
`;

async function underGuard(program: Program, log: number): Promise<Supervised> {
  const guard = spawn('/bin/sh', ['-c', GUARD, 'guard', program.command, ...program.args], {
    ...program.account,
    cwd: '/',
    detached: true,
    env: { ...program.env, HAAT_STOP_SIGNAL: program.stopSignal.slice('SIG'.length) },
    stdio: ['pipe', log, log, 'pipe'],
  });
  const ended = new Promise<void>((resolve) => guard.once('exit', () => resolve()));
  const pid = await reportedPid(guard, program.name);
  return {
    pid,
    isRunning: () => guard.exitCode === null && guard.signalCode === null,
    ended,
    lastLines: () => lastLines(program.logFile),
    stop: async () => {
      // While we wait for it, a guard keeps this process from ending; until then it does not.
      if (guard.exitCode === null && guard.signalCode === null) guard.ref();
      guard.stdin?.destroy();
      await ended;
    },
  };
}

async function reportedPid(guard: ChildProcess, name: string): Promise<number> {
  const failed = once(guard, 'error').then(([error]) => {
    throw new LocalServerError(`${name} could not be started (${String(error)}).`);
  });
  // A guard that ends early breaks the pipe; its exit says so, not this error.
  guard.stdin?.on('error', () => undefined);
  guard.unref();
  const line = await Promise.race([failed, firstChunk(guard)]);
  return Number.parseInt(line, 10);
}

async function firstChunk(guard: ChildProcess): Promise<string> {
  const report = guard.stdio[3];
  if (!report) return '';
  for await (const chunk of report as NodeJS.ReadableStream) return String(chunk);
  return '';
}
