import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const HEARTBEAT_MS = 2_000;
const SILENT_LOCK_MS = 30_000;
const WAIT_PAUSE_MS = 100;
const WAIT_LIMIT_MS = 20 * 60_000;

/**
 * Makes `target`, a file or folder shared by all checkouts of a user, unless it is there. Work is done in a folder of its own and moved
 * into place as the last act, so a half-made target is never seen; the lock only saves two starts at once from doing the work twice.
 *
 * @param work.make fills the empty folder it is given and returns the path below it that becomes the target.
 * @param work.onWait is called once when another start is at it.
 */
export async function makeOnce(target: string, work: { make: (folder: string) => Promise<string>; onWait?: () => void }): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const lock = `${target}.lock`;
  const untilMs = Date.now() + WAIT_LIMIT_MS;
  let isWaiting = false;
  while (!(await exists(target))) {
    if (await takeLock(lock)) {
      const heart = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => {}), HEARTBEAT_MS);
      try {
        if (!(await exists(target))) await makeIn(target, work.make);
      } finally {
        clearInterval(heart);
        await rm(lock, { force: true });
      }
    } else if (await isAbandoned(lock) || Date.now() > untilMs) {
      await rm(lock, { force: true });
    } else {
      if (!isWaiting) work.onWait?.();
      isWaiting = true;
      await new Promise((resolve) => setTimeout(resolve, WAIT_PAUSE_MS));
    }
  }
}

async function makeIn(target: string, make: (folder: string) => Promise<string>): Promise<void> {
  await removeUnfinished(target);
  const folder = `${target}.${randomUUID()}.partial`;
  await mkdir(folder);
  try {
    await rename(await make(folder), target);
  } catch (error) {
    if (!(await exists(target))) throw error; // Else another start, taking us for dead, was first: its result is as good.
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Folders of makers that were killed. */
async function removeUnfinished(target: string): Promise<void> {
  const names = await readdir(dirname(target));
  const unfinished = names.filter((name) => name.startsWith(`${basename(target)}.`) && name.endsWith('.partial'));
  await Promise.all(unfinished.map((name) => rm(join(dirname(target), name), { recursive: true, force: true })));
}

async function takeLock(lock: string): Promise<boolean> {
  return writeFile(lock, String(process.pid), { flag: 'wx' }).then(() => true, (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return false;
    throw error;
  });
}

/** A holder touches its lock while it lives. Its process id says sooner that it is gone, as long as it names one of ours. */
async function isAbandoned(lock: string): Promise<boolean> {
  try {
    const pid = Number(await readFile(lock, 'utf8'));
    if (Date.now() - (await stat(lock)).mtimeMs > SILENT_LOCK_MS) return true;
    return pid > 0 && !(await exists(`/proc/${pid}`));
  } catch {
    return false; // Released meanwhile.
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(() => true, () => false);
}
