import { access, constants, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ServerOptions } from './server.js';

/** The folder that keeps fetched programs; made if it is missing. */
export async function programCache(options: ServerOptions): Promise<string> {
  const home = options.env['XDG_CACHE_HOME'] || join(options.env['HOME'] || homedir(), '.cache');
  const wanted = options.cacheDir ?? join(home, 'haat');
  return (await isWritableFolder(wanted)) ? wanted : belowData(options.dataDir);
}

async function isWritableFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function belowData(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'programs');
  await mkdir(folder, { recursive: true });
  return folder;
}
