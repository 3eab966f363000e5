import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { inRoot } from './root.mjs';

/**
 * The environment for everything we run. Caches stay in the user's home, so that a second clone starts warm; where the home
 * cannot be written they go below `.data/`.
 */
export function toolEnv(env) {
  const path = [inRoot('node_modules/.bin'), env.PATH].filter(Boolean).join(delimiter);
  return { ...IMPATIENCE, ...COMPILED_ONCE, ...env, ...(isHomeUsable(env) ? {} : cachesBelowData(env)), PATH: path };
}

// npm's own defaults keep silent for more than a minute before they say that a registry cannot be reached.
const IMPATIENCE = Object.fromEntries(
  ['npm_config', 'pnpm_config'].flatMap((tool) => [
    [`${tool}_fetch_retries`, '1'],
    [`${tool}_fetch_retry_factor`, '3'],
    [`${tool}_fetch_retry_mintimeout`, '1000'],
    [`${tool}_fetch_retry_maxtimeout`, '5000'],
    [`${tool}_fetch_timeout`, '60000'],
  ]),
);

// Every start reads the same few thousand modules; kept as compiled they load in two thirds of the time.
const COMPILED_ONCE = { NODE_COMPILE_CACHE: inRoot('.data/compile-cache') };

/** Root may write anywhere but on a read-only disk; `access` knows both. */
function isHomeUsable(env) {
  const home = env.HOME ?? homedir();
  return existsSync(home) && HOME_FOLDERS.every((folder) => isWritableOrAbsent(join(home, folder)));
}

const HOME_FOLDERS = ['', '.npm', '.npm/_cacache', '.cache', '.local', '.local/share', '.local/share/pnpm'];

function isWritableOrAbsent(folder) {
  if (!existsSync(folder)) return true;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function cachesBelowData(env) {
  const cache = inRoot('.data/cache');
  return {
    XDG_CACHE_HOME: cache,
    XDG_DATA_HOME: join(cache, 'share'),
    XDG_STATE_HOME: join(cache, 'state'),
    XDG_CONFIG_HOME: env.XDG_CONFIG_HOME ?? join(env.HOME ?? dirname(cache), '.config'),
    PNPM_HOME: join(cache, 'pnpm-home'),
    npm_config_cache: join(cache, 'npm'),
  };
}
