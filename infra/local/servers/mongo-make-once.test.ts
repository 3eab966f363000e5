import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOnce } from './mongo-make-once.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haat-once-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('many starts at once make a program once, and all find it whole', async () => {
  let made = 0;
  const make = async (partial: string) => {
    made += 1;
    await writeFile(join(partial, 'program'), 'whole');
    return join(partial, 'program');
  };
  await Promise.all(Array.from({ length: 8 }, () => makeOnce(target(), { make })));
  expect(made).toBe(1);
  expect(await readFile(target(), 'utf8')).toBe('whole');
  expect(await readdir(folder)).toEqual(['program']);
});

test('what fails leaves nothing, and is tried again by the next start', async () => {
  const fail = async () => Promise.reject(new Error('no room'));
  await expect(makeOnce(target(), { make: fail })).rejects.toThrow('no room');
  expect(await readdir(folder)).toEqual([]);
  await makeOnce(target(), { make: writeProgram });
  expect(await readdir(folder)).toEqual(['program']);
});

test('the lock and the leftovers of a maker that was killed are removed', async () => {
  await mkdir(join(folder, 'program.killed.partial'));
  await writeFile(`${target()}.lock`, String(process.pid));
  await utimes(`${target()}.lock`, new Date(0), new Date(0));
  await makeOnce(target(), { make: writeProgram });
  expect(await readdir(folder)).toEqual(['program']);
});

function target(): string {
  return join(folder, 'program');
}

async function writeProgram(partial: string): Promise<string> {
  await writeFile(join(partial, 'program'), 'whole');
  return join(partial, 'program');
}
