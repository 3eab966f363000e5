import { existsSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { inRoot } from './root.mjs';

const ENTRIES = {
  start: 'infra/local/dist/start.js',
  test: 'infra/local/dist/test.js',
  generate: 'infra/local/dist/generate.js',
  check: 'infra/local/dist/check.js',
  bench: 'infra/local/dist/bench.js',
};

/** The compiled program behind a command. */
export function entryOf(command) {
  if (Object.hasOwn(ENTRIES, command ?? '')) return inRoot(ENTRIES[command]);
  throw new Failure(`Say what to do: node infra/bootstrap.mjs ${Object.keys(ENTRIES).join('|')} [options].`);
}

/** Fails when the build has not made the program. */
export function mustExist(entry) {
  if (!existsSync(entry)) throw new Failure(`This checkout has no ${entry}: delete the folder .data and run the same command again.`);
}
