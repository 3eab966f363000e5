import { randomInt } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { eventually } from '@haat/kit/testing/eventually';
import { dataOf } from '../support/graph.js';
import { mutate } from '../support/mutate.js';
import type { Person } from '../support/sign-in.js';
import { followMs } from './buyer.js';
import type { Flow, Scene } from './flow.js';
import { fromHeader } from './passing.js';

const rowsMade = 120;

interface Importing {
  readonly importId: string;
  readonly word: string;
}

/** An operator's file becomes products, in the background. */
export function importFlow({ shop: { door, servers }, history }: Scene, operator: Person): Flow<Importing> {
  const asker = () => ({ ...operator, headers: { ...operator.headers, [fromHeader]: 'import' } });
  const statusOf = async (id: string): Promise<{ status: string; doneCount: number; createdCount: number }> =>
    dataOf(await door.ask<{ importJob: { status: string; doneCount: number; createdCount: number } }>(operator, 'query Look($id: ID!) { importJob(id: $id) { status doneCount createdCount } }', { id })).importJob;
  return {
    name: 'import',
    boundariesMin: 20,
    async prepare() {
      const word = randomInt(1e12).toString(36);
      await mutate(door, operator, 'defineProductType', { key: `import-${word}`, name: 'Imported', attributes: [] });
      const started = await mutate(door, operator, 'startImport', { format: 'CSV' }, '... on ImportJob { id uploadPath }');
      const rows = Array.from({ length: rowsMade }, (_, n) => `${word}-${n},Thing ${word} ${n},import-${word}`);
      const sent = await door.fetch(String(started['uploadPath']), { method: 'POST', headers: { 'content-type': 'text/csv', host: 'acme.localhost', authorization: `Bearer ${operator.token}` }, body: ['sku,title,productType', ...rows].join('\n') });
      if (sent.status >= 300) throw new Error(`The file was not taken: ${sent.status} ${sent.text}`);
      return { importId: String(started['id']), word };
    },
    act: ({ importId }) => history.untilDone('runImport', importId, () => mutate(door, asker(), 'runImport', { importId }, '... on ImportJob { id } ... on Problem { message }').then(async (answer) => (answer.__typename === 'ImportJob' || (await statusOf(importId)).status !== 'UPLOADED' ? { ...answer, id: importId } : answer)),
      ({ id }) => id === importId),
    async settle({ importId, word }) {
      const ended = await eventually(async () => {
        const seen = await statusOf(importId);
        return ['COMPLETED', 'FAILED', 'CANCELLED'].includes(seen.status) ? seen : undefined;
      }, followMs);
      const made = await inMongo(servers, (database) => database.collection('products').find({ 'variants.sku': { $regex: `^${word}-` } }).project<{ variants: { sku: string }[] }>({ 'variants.sku': 1 }).toArray());
      const skus = new Set(made.map(({ variants }) => variants[0]?.sku));
      if (ended.status !== 'COMPLETED' || ended.createdCount !== rowsMade || made.length !== rowsMade || skus.size !== rowsMade) throw new Error(`S7 the import came to ${JSON.stringify(ended)} with ${made.length} products of ${skus.size} codes.`);
    },
    // Not what a relay notes of its stream, which it does once in the stream's life.
    isPart: ({ from, name, nth }) => from === 'import' || (from === 'background' && nth === 1 && /^catalog\/(?!update streams)(insert|update|bulk|delete|publish|mark|find (import|claims))/.test(name)),
    // The dead process's leads last some seconds more.
    passTime: () => inMongo(servers, async (database) => void (await database.collection('leases').updateMany({}, { $set: { until: new Date(0) } }))),
  };
}

async function inMongo<T>({ mongo, database }: Scene['shop']['servers'], work: (catalog: ReturnType<MongoClient['db']>) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(mongo?.url ?? '');
  try {
    return await work(client.db(`${database}_catalog`));
  } finally {
    await client.close();
  }
}
