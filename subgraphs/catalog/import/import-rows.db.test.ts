import { onBoundary } from '@haat/kit/boundary';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalog, type CatalogRig } from '../testing/catalog-rig.js';
import { ImportRig } from '../testing/import-rig.js';
import { chunkRowsMax } from './import-limits.js';

let rig: CatalogRig;
let imports: ImportRig;
beforeAll(async () => {
  rig = await startCatalog({ isWithoutJobs: true });
  imports = new ImportRig(rig);
});
afterAll(() => rig?.[Symbol.asyncDispose]());

const jobsMax = 12;
const file = (name: string, count: number): string => ['sku,title,productType', ...Array.from({ length: count }, (_, n) => `${name}-${n},Thing ${n},crockery`)].join('\n');

/** The commands that one operation sends. */
async function commands(query: string): Promise<string[]> {
  const sent: string[] = [];
  onBoundary((name) => void (name.endsWith(':before') && sent.push(name.replace(/^catalog\/|:before$/g, ''))));
  await rig.run(query).finally(() => onBoundary(undefined));
  return sent.toSorted();
}

describe('Rows of imports', () => {
  it('are read by as many statements for 12 imports as for 2, however many rows of each [CAT-07]', async () => {
    for (let n = 0; n < jobsMax; n += 1) await imports.uploaded(file(`MANY-${n}`, 30));
    const list = (jobs: number, rows: number) => commands(`{ importJobs(first: ${jobs}) { nodes { rows(first: ${rows}) { nodes { number status } } } } }`);
    const few = await list(2, 5);
    expect(few.filter((name) => name === 'find import_chunks')).toHaveLength(1);
    expect(await list(jobsMax, 5)).toEqual(few);
    expect(await list(jobsMax, 30)).toEqual(few);
  });

  it('go on from page to page over all that are kept together, and are none of a status that none has', async () => {
    const count = 2 * chunkRowsMax + 17;
    const { id } = await imports.uploaded(file('LONG', count));
    const seen: number[] = [];
    const page = async (after: string | null, status = 'WAITING') => (await rig.run<{ importJob: { rows: { nodes: { number: number }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } }>(
      `query($after: String) { importJob(id: "${id}") { rows(first: 90, after: $after, status: ${status}) { nodes { number } pageInfo { hasNextPage endCursor } } } }`, { after })).importJob.rows;
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const { nodes, pageInfo } = await page(after);
      seen.push(...nodes.map(({ number }) => number));
      [after, hasMore] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(seen).toEqual(Array.from({ length: count }, (_, n) => n + 1));
    expect(await page(null, 'FAILED')).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false } });
  });
});
