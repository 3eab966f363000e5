import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Breaks somebody decided on: the line `pnpm check` prints, and why it is right. */
const acceptedBreaks = z.array(z.strictObject({ break: z.string().min(1), why: z.string().min(20) }));

/** The accepted breaks of a file; none when there is no file. Throws a sentence when an entry says no why. */
export async function acceptedIn(path: string): Promise<ReadonlySet<string>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  const parsed = acceptedBreaks.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`accepted-breaks.json is a list of {"break": <the line>, "why": <a sentence>}: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`);
  return new Set(parsed.data.map((entry) => entry.break));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
