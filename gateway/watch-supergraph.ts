import { stat } from 'node:fs/promises';
import type { Log } from '@haat/kit/log';
import { loadSupergraph } from './supergraph.js';

/** How often the file is looked at, in milliseconds. Looking works on every file system, and where a link to the file is exchanged. */
const lookEveryMs = 1_000;

/** A file that is looked at. */
export interface Watching {
  /** Stops, when the swap under way is done. */
  close(): Promise<void>;
}

/** What to watch, and who takes it up. */
export interface WatchOptions {
  readonly file: string;
  /** What is served already. */
  readonly sdl: string;
  /** Takes up another supergraph, or throws and keeps the old one. */
  swap(sdl: string): Promise<void>;
  readonly log: Log;
  readonly everyMs?: number;
}

/**
 * Hands on a supergraph file each time that it holds another text than the last one handed on, and is no longer being
 * written. What cannot be read is tried again; the log says it once.
 */
export function watchSupergraph({ file, sdl, swap, log, everyMs = lookEveryMs }: WatchOptions): Watching {
  const seen = { sdl, mark: '', readMark: '', said: '' };
  const look = async (): Promise<void> => {
    const mark = await markOf(file);
    // Two looks that agree: a file that grows while it is written is not read by halves.
    const isSettled = mark === seen.mark;
    seen.mark = mark;
    if (!isSettled || mark === seen.readMark) return;
    const next = await loadSupergraph(file);
    seen.readMark = mark;
    if (next === seen.sdl) return;
    seen.sdl = next;
    await swap(next).then(() => log.info({ file }, 'A new supergraph is served.'), () => undefined);
  };
  const quietly = (): Promise<void> => look().then(() => { seen.said = ''; }, (error: unknown) => {
    const said = error instanceof Error ? error.message : String(error);
    if (said !== seen.said) log.error({ err: error }, 'The supergraph file cannot be read; the old supergraph is served on.');
    seen.said = said;
  });
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => { looking ??= quietly().finally(() => { looking = undefined; }); }, everyMs).unref();
  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

/** What changes when the file does, or another one takes its name. */
async function markOf(file: string): Promise<string> {
  const { ino, size, mtimeMs, ctimeMs } = await stat(file);
  return [ino, size, mtimeMs, ctimeMs].join(' ');
}
