import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '@haat/kit/log';
import { readSafeList, type SafeList } from './safe-list.js';

/** How often the folders are looked at, in milliseconds. */
const lookEveryMs = 1_000;

/** The safe list as its files are now. */
export interface WatchedSafeList {
  current(): SafeList;
  close(): Promise<void>;
}

/**
 * Reads the list now, and again each time that a file of it is another one and no longer being written. Throws a sentence when
 * it cannot be read at first; later the old list is kept.
 */
export async function watchSafeList(folders: readonly string[], log: Log, everyMs = lookEveryMs): Promise<WatchedSafeList> {
  const seen = { mark: await marksOf(folders), readMark: '' };
  let list = await readSafeList(folders);
  seen.readMark = seen.mark;
  const look = async (): Promise<void> => {
    const mark = await marksOf(folders);
    const isSettled = mark === seen.mark;
    seen.mark = mark;
    if (!isSettled || mark === seen.readMark) return;
    seen.readMark = mark;
    list = await readSafeList(folders);
    log.info({ operations: list.size }, 'A new list of operations is served.');
  };
  const quietly = (): Promise<void> => look().catch((error: unknown) => log.error({ err: error }, 'The list of operations cannot be read; the old one is served on.'));
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => { looking ??= quietly().finally(() => { looking = undefined; }); }, everyMs).unref();
  return {
    current: () => list,
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}

/** What changes when a file of the folders does, comes or goes. */
async function marksOf(folders: readonly string[]): Promise<string> {
  const marks = await Promise.all(folders.map(async (folder) => {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
    return Promise.all(names.map((name) => markOf(join(folder, name))));
  }));
  return marks.flat().join('|');
}

async function markOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  return found ? [file, found.ino, found.size, found.mtimeMs, found.ctimeMs].join(' ') : `${file} gone`;
}
