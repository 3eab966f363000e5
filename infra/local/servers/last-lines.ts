import { open } from 'node:fs/promises';

const TAIL_BYTES_MAX = 8_192;

/** The last lines of a log, in one line for a message; empty when there is none. */
export async function lastLines(file: string, linesMax = 3): Promise<string> {
  const log = await open(file).catch(() => undefined);
  if (!log) return '';
  try {
    const { size } = await log.stat();
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES_MAX));
    await log.read(tail, 0, tail.length, size - tail.length);
    return tail.toString('utf8').trim().split('\n').slice(-linesMax).join(' / ');
  } finally {
    await log.close();
  }
}
