import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchDoor } from '../bench-door.js';
import type { Scenario } from '../scenario.js';

/** Rows of one import, and in a trial. */
const rowsMax = 20_000;
const trialRows = 500;
/** How often it is asked whether the import is done, and how long that may take, in milliseconds. */
const lookEveryMs = 100;
const limitMs = 300_000;

const typesText = 'query Types { productTypes(first: 1) { nodes { key } } }';
const start = 'mutation Start($input: StartImportInput!) { startImport(input: $input) { __typename ... on ImportJob { id uploadPath } } }';
const run = 'mutation Run($input: RunImportInput!) { runImport(input: $input) { __typename } }';
const look = 'query Look($id: ID!) { importJob(id: $id) { status doneCount createdCount problem } }';

interface Looked { readonly importJob: { readonly status: string; readonly doneCount: number; readonly createdCount: number; readonly problem: string | null } }

/** New products from a file: from the first byte of its upload until every row is written. */
export const scenario: Scenario = {
  name: 'an import of 20,000 rows',
  requests: 1,
  connections: 1,
  isLong: true,
  async prepare(door, { isTrial }) {
    const token = await door.signIn('operator');
    const { productTypes } = await door.ask<{ productTypes: { nodes: { key: string }[] } }>(typesText, {}, token);
    const rows = isTrial ? trialRows : rowsMax;
    return () => importOnce(door, { token, rows, type: productTypes.nodes[0]?.key ?? '' });
  },
};

async function importOnce(door: BenchDoor, { token, rows, type }: { readonly token: string; readonly rows: number; readonly type: string }): Promise<void> {
  const word = randomInt(1e12).toString(36);
  const lines = Array.from({ length: rows }, (_, n) => `${word}-${n},Imported thing ${word} ${n},${type},Made to be measured; one of ${rows}.,bench|import`);
  const { startImport } = await door.ask<{ startImport: { id: string; uploadPath: string } }>(start, { input: { format: 'CSV' } }, token);
  await door.send(startImport.uploadPath, ['sku,title,productType,description,tags', ...lines].join('\n'), 'text/csv', token);
  await door.ask(run, { input: { importId: startImport.id } }, token);
  const endsAt = performance.now() + limitMs;
  for (;;) {
    const { importJob } = await door.ask<Looked>(look, { id: startImport.id }, token);
    if (importJob.status === 'COMPLETED' && importJob.createdCount === rows) return;
    if (importJob.status !== 'RUNNING' || performance.now() > endsAt) throw new Error(`The import came to ${JSON.stringify(importJob)}.`);
    await pause(lookEveryMs);
  }
}
