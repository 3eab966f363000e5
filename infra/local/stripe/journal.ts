import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountBooks, Written } from './account-books.js';

/** Keeps what is written, one line for one piece of work: a kill leaves whole pieces only. */
export interface Journal {
  add(account: string, written: Written): void;
  close(): void;
}

/** Reads the journal of a folder into the books, writes it anew without what is out of date, and goes on with it. */
export function openJournal(folder: string, books: ReadonlyMap<string, AccountBooks>): Journal {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'stripe.jsonl');
  for (const { account, written } of linesOf(file)) books.get(account)?.restore(written);
  const whole = [...books].map(([account, of]) => lineOf(account, of.whole())).join('');
  writeFileSync(`${file}.new`, whole, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  const handle = openSync(file, 'a');
  return {
    add: (account, written) => void writeSync(handle, lineOf(account, written)),
    close: () => closeSync(handle),
  };
}

function lineOf(account: string, written: Written): string {
  return `${JSON.stringify({ account, written })}\n`;
}

/** The last line may be torn: it was never answered for. */
function linesOf(file: string): { account: string; written: Written }[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line) as { account: string; written: Written });
}
