import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The largest list that is read, in bytes. */
const listBytesMax = 16 * 1024 * 1024;

/** What an operation's id looks like: SHA-256 of its text, hex. */
export const operationIdPattern = /^[0-9a-f]{64}$/;

/** An operation that a client of ours sends. */
export interface ListedOperation {
  readonly name: string;
  readonly text: string;
  /** Whose it is: `storefront`. */
  readonly client: string;
}

/** The operations that our own clients send, by id. */
export type SafeList = ReadonlyMap<string, ListedOperation>;

const listFile = z.object({
  client: z.string().min(1),
  operations: z.record(z.string().regex(operationIdPattern), z.object({ name: z.string(), text: z.string() })),
});

/** The id of a text. */
export function operationIdOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Reads every `<client>.json` of the folders; what clients of an older release send stands in a folder of its own. Throws a
 * sentence when a list cannot be read, or an id in it is not its text's.
 */
export async function readSafeList(folders: readonly string[]): Promise<SafeList> {
  const lists = await Promise.all(folders.map(readFolder));
  return new Map(lists.flat());
}

async function readFolder(folder: string): Promise<[string, ListedOperation][]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The operations of clients in ${folder} cannot be read (${error.code ?? error.message}).`);
  });
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return (await Promise.all(files.map((name) => readList(join(folder, name))))).flat();
}

async function readList(file: string): Promise<[string, ListedOperation][]> {
  const text = await readFile(file, 'utf8');
  if (text.length > listBytesMax) throw new Error(`The list of operations ${file} is larger than ${listBytesMax} bytes.`);
  const list = listFile.safeParse(jsonIn(text));
  if (!list.success) throw new Error(`The list of operations ${file} is not one: ${z.prettifyError(list.error)}`);
  const { client, operations } = list.data;
  const wrong = Object.entries(operations).find(([id, operation]) => operationIdOf(operation.text) !== id);
  if (wrong) throw new Error(`The list of operations ${file} gives ${wrong[1].name} an id that is not its text's.`);
  return Object.entries(operations).map(([id, operation]) => [id, { ...operation, client }]);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
