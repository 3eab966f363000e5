import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** The packages that a new process has loaded after these imports. */
async function loadedBy(...files: readonly string[]): Promise<string[]> {
  const program = `${files.map((file) => `await import('${file}');`).join('')}
    const { createRequire } = await import('node:module');
    console.log(Object.keys(createRequire('${import.meta.url}').cache).join('\\n'));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { cwd: new URL('..', import.meta.url) });
  return [...new Set([...stdout.matchAll(/node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\/(?!.*node_modules)/g)].map((match) => match[1] ?? ''))];
}

it('a process loads the drivers of its own stores only', async () => {
  const [onPostgres, onMongo] = await Promise.all([loadedBy('@haat/kit-run/start', '@haat/kit-postgres/postgres'), loadedBy('@haat/kit-run/start', '@haat/kit-mongo/mongo')]);
  expect(onPostgres).toContain('pg');
  expect(onPostgres).not.toContain('mongodb');
  expect(onMongo).toContain('mongodb');
  expect(onMongo).not.toContain('pg');
});
