import { fork } from 'node:child_process';
import { makeLog } from '@haat/kit/log';
import { testKeys } from '@haat/kit/testing/test-keys';
import { testMongoUrl } from '@haat/kit-mongo/testing/mongo-testing';
import { startSubgraph } from '@haat/kit-run/start';
import { expect, it } from 'vitest';
import { catalog } from '../subgraph.js';
import { startCatalog } from '../testing/catalog-rig.js';
import { ImportRig } from '../testing/import-rig.js';
import { chunkRowsMax } from './import-limits.js';

const rowsMade = chunkRowsMax + 50;
const rows = Array.from({ length: rowsMade }, (_, n) => `KILL-${n},Killed ${n},crockery,${n}`);
const text = ['sku,title,productType,attribute:volume', ...rows].join('\n');
const child = new URL('../testing/import-child.js', import.meta.url);

it.concurrent.each([['insert claims:after', 1], ['insert products:after', 2], ['update import_chunks:after', 1]] as const)('A run killed at %s goes on where it was, and makes no row twice [CAT-07]', async (point, passing) => {
  await using rig = await startCatalog({ isWithoutJobs: true });
  const { database } = rig.subgraph;
  const imports = new ImportRig(rig);
  const job = await imports.uploaded(text);
  await rig.mutate('runImport', { importId: job.id });
  expect(await endOf(fork(child, [database, `catalog/${point}`, String(passing)], { stdio: 'inherit' }))).toBe('SIGKILL');
  expect((await imports.read(job.id)).status).toBe('RUNNING');
  await leadIsFree(rig);
  const keys = await testKeys(['catalog', 'gateway', 'identity', 'tenants', 'vendors']);
  const again = await startSubgraph(catalog, { env: { ...keys.envOf('catalog'), MONGO_URL: testMongoUrl(), MONGO_DATABASE: database }, log: makeLog('catalog', 'silent') });
  const ended = await imports.ended(job.id).finally(() => again.close());
  expect(ended).toMatchObject({ status: 'COMPLETED', doneCount: rowsMade, failedCount: 0, createdCount: rowsMade });
  const made = await rig.subgraph.raw('products');
  expect([made.length, new Set(made.map(({ variants }) => (variants as [{ sku: string }])[0].sku)).size]).toEqual([rowsMade, rowsMade]);
  const said = (await rig.subgraph.events(rig.tenant.id)).filter(({ type }) => type === 'catalog.product-changed');
  expect([said.length, new Set(said.map(({ aggregate }) => aggregate.id)).size], 'each is said once').toEqual([rowsMade, rowsMade]);
}, 120_000);

function endOf(process: ReturnType<typeof fork>): Promise<string | null> {
  return new Promise((resolve) => process.once('exit', (_, signal) => resolve(signal)));
}

/** The dead process's leads last some seconds more; a test need not wait for them. */
async function leadIsFree({ subgraph }: Awaited<ReturnType<typeof startCatalog>>): Promise<void> {
  for (const { _id } of await subgraph.raw('leases')) await subgraph.edit('leases', String(_id), { $set: { until: new Date(0) } });
}
