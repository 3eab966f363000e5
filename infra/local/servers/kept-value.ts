import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const PASSWORD_BYTES = 24;

/** What the file says, or undefined when there is no such file. */
export async function keptValue(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').then((text) => text.trim(), () => undefined);
}

/** Writes the file so that only its owner reads it, whole or not at all. */
export async function keepValue(file: string, value: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${value}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}

/** The password kept in the file, made at random the first time. */
export async function keptPassword(file: string): Promise<string> {
  const kept = await keptValue(file);
  if (kept) return kept;
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  await keepValue(file, password);
  return password;
}
