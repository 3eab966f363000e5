import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { MongoClient, type Collection, type CreateIndexesOptions, type MongoBulkWriteError, type WriteError } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takenIndex } from './mongo-duplicate.js';
import { mongoCommands, mongoIndexKinds, mongoOperators } from './mongo-operators.js';
import { batchMax } from './mongo-raw.js';
import { testMongoUrl } from './testing/mongo-testing.js';

interface Row { readonly _id: string; readonly [field: string]: unknown }

let client: MongoClient;
let rows: Collection<Row>;
beforeAll(async () => { client = await MongoClient.connect(testMongoUrl(), { w: 'majority', ignoreUndefined: true }); });
beforeEach(async () => {
  rows = client.db(database).collection<Row>(`rows_${randomUUID().slice(0, 8)}`);
  await rows.insertMany([{ _id: 'a', n: 1, list: [], at: new Date(0) }, { _id: 'b', n: 2, list: [{ id: 1 }, { id: 2 }] }, { _id: 'c', n: 3 }]);
});
afterAll(async () => {
  await client?.db(database).dropDatabase();
  await client?.close();
});
const database = `compat_${randomUUID().slice(0, 8)}`;

const ids = async (filter: object): Promise<string> => (await rows.find(filter as never).sort({ _id: 1 }).toArray()).map((r) => r._id).join('');
async function changed(id: string, update: object): Promise<Row | null> {
  await rows.updateOne({ _id: id }, update as never);
  return rows.findOne({ _id: id });
}

const operators: Record<(typeof mongoOperators)[number], () => Promise<void>> = {
  $$NOW: async () => {
    const before = (await changed('a', [{ $set: { at: '$$NOW' } }]))?.at as Date;
    const after = (await changed('a', [{ $set: { at: '$$NOW' } }]))?.at as Date;
    expect(after.getTime()).toBeGreaterThanOrEqual(before.getTime());
    expect(Math.abs(after.getTime() - Date.now())).toBeLessThan(60_000);
  },
  $add: async () => {
    const row = await changed('a', [{ $set: { at: { $add: ['$at', 5_000] }, n: { $add: ['$n', 1] } } }]);
    expect(row).toMatchObject({ at: new Date(5_000), n: 2 });
  },
  $all: async () => expect([await ids({ 'list.id': { $all: [1, 2] } }), await ids({ 'list.id': { $all: [1, 3] } })]).toEqual(['b', '']),
  $cond: async () => expect(await changed('a', [{ $set: { n: { $cond: [{ $lt: ['$at', '$$NOW'] }, 'past', '$n'] } } }])).toMatchObject({ n: 'past' }),
  $each: async () => expect((await changed('a', { $push: { list: { $each: [1, 2] }, made: { $each: [3] } } }))).toMatchObject({ list: [1, 2], made: [3] }),
  $eq: async () => {
    expect(await ids({ n: { $eq: 2 } })).toBe('b');
    expect(await ids({ n: { $eq: { $gt: 0 } } })).toBe('');
    expect(await ids({ at: { $eq: null } })).toBe('bc');
  },
  $exists: async () => expect([await ids({ at: { $exists: true } }), await ids({ at: { $exists: false } }), await ids({ 'list.0': { $exists: true } })]).toEqual(['a', 'bc', 'b']),
  $gt: async () => expect(await ids({ n: { $gt: 2 } })).toBe('c'),
  $gte: async () => expect(await ids({ n: { $gte: 2 } })).toBe('bc'),
  $in: async () => expect(await ids({ _id: { $in: ['a', 'c', 'z'] } })).toBe('ac'),
  $inc: async () => expect(await changed('a', { $inc: { n: 1, fresh: 1 } })).toMatchObject({ n: 2, fresh: 1 }),
  $lt: async () => expect(await ids({ n: { $lt: 2 } })).toBe('a'),
  $lte: async () => expect(await ids({ n: { $lte: 2, $gte: 2 } })).toBe('b'),
  $max: async () => expect([(await changed('a', { $max: { n: 5 } }))?.n, (await changed('a', { $max: { n: 4 } }))?.n]).toEqual([5, 5]),
  $min: async () => expect([(await changed('c', { $min: { at: new Date(5) } }))?.at, (await changed('c', { $min: { at: new Date(9) } }))?.at]).toEqual([new Date(5), new Date(5)]),
  $ne: async () => expect(await ids({ _id: { $ne: 'a' } })).toBe('bc'),
  $or: async () => expect(await ids({ n: { $gt: 0 }, $or: [{ n: { $gt: 2 } }, { n: { $eq: 2 }, _id: { $gt: 'a' } }] })).toBe('bc'),
  $pull: async () => expect(await changed('b', { $pull: { list: { id: { $in: [1, 9] } } } })).toMatchObject({ list: [{ id: 2 }] }),
  $pullAll: async () => expect(await changed('b', { $pullAll: { list: [{ id: 1 }, { id: 9 }] } })).toMatchObject({ list: [{ id: 2 }] }),
  $push: async () => expect(await changed('b', { $push: { list: { $each: [{ id: 3 }] } } })).toMatchObject({ list: [{ id: 1 }, { id: 2 }, { id: 3 }] }),
  $set: async () => expect(await changed('a', { $set: { map: { $gt: '', 'a.b': 1 }, n: '$n' } })).toMatchObject({ map: { $gt: '', 'a.b': 1 }, n: '$n' }),
  $setOnInsert: async () => {
    for (const n of [7, 8]) await rows.updateOne({ _id: 'new' }, { $setOnInsert: { n } }, { upsert: true });
    expect(await rows.findOne({ _id: 'new' })).toMatchObject({ n: 7 });
  },
  $size: async () => expect(await ids({ list: { $size: 0 } })).toBe('a'),
  $slice: async () => expect(await changed('b', { $push: { list: { $each: [{ id: 3 }], $slice: -2 } } })).toMatchObject({ list: [{ id: 2 }, { id: 3 }] }),
  $unset: async () => expect([await changed('a', { $unset: { at: '' } }), await changed('b', [{ $unset: ['n', 'none'] }])].flatMap((r) => Object.keys(r ?? {}))).toEqual(['_id', 'n', 'list', '_id', 'list']),
};

const commands: Record<(typeof mongoCommands)[number], () => Promise<void>> = {
  find: async () => expect(await rows.find({ _id: 'b' }, { projection: { n: 1 }, maxTimeMS: 5_000 }).toArray()).toEqual([{ _id: 'b', n: 2 }]),
  'find sorted': async () => expect((await rows.find({}, { sort: { n: -1, _id: 1 }, limit: 2, projection: { list: 0 } }).toArray()).map((r) => r._id)).toEqual(['c', 'b']),
  'count limited': async () => expect(await rows.countDocuments({ n: { $gt: 0 } }, { limit: 2, maxTimeMS: 5_000 })).toBe(2),
  insertOne: async () => {
    const error = await rows.insertOne({ _id: 'a' }).then(() => undefined, (e: unknown) => e);
    expect(takenIndex(error)).toBe('_id_');
  },
  'insertMany unordered': async () => {
    const error = await rows.insertMany([{ _id: 'x' }, { _id: 'a' }, { _id: 'y' }], { ordered: false }).then(() => undefined, (e: unknown) => e);
    const failed = (error as MongoBulkWriteError).writeErrors as WriteError[];
    expect([failed.map(({ index, code }) => [index, code]), await rows.countDocuments({ _id: { $in: ['x', 'y'] } })]).toEqual([[[1, 11_000]], 2]);
  },
  updateOne: async () => {
    const update = { $inc: { n: 1 } } as never;
    expect([(await rows.updateOne({ _id: 'a', n: 1 }, update)).matchedCount, (await rows.updateOne({ _id: 'a', n: 1 }, update)).matchedCount]).toEqual([1, 0]);
  },
  'updateOne upsert': async () => {
    const update = { $max: { n: 4 }, $push: { recent: { $each: ['x'] } }, $set: { on: true } };
    await Promise.all(Array.from({ length: 8 }, () => rows.updateOne({ _id: 'd' }, update as never, { upsert: true })));
    expect((await rows.findOne({ _id: 'd' }))?.recent).toHaveLength(8);
  },
  'updateOne pipeline': async () => expect((await rows.updateOne({ _id: 'a' }, [{ $set: { n: 9 } }])).matchedCount).toBe(1),
  'updateMany pipeline': async () => {
    expect((await rows.updateMany({ n: { $gt: 1 } }, [{ $set: { kept: '$n' } }, { $unset: ['n'] }])).modifiedCount).toBe(2);
    expect(await rows.findOne({ _id: 'c' })).toEqual({ _id: 'c', kept: 3 });
  },
  'findOneAndUpdate pipeline': async () => expect(await rows.findOneAndUpdate({ _id: 'c' }, [{ $set: { n: { $add: ['$n', 1] } } }], { returnDocument: 'after' })).toEqual({ _id: 'c', n: 4 }),
  deleteOne: async () => expect([(await rows.deleteOne({ _id: 'a', at: { $exists: false } })).deletedCount, (await rows.deleteOne({ _id: 'a' })).deletedCount]).toEqual([0, 1]),
  deleteMany: async () => expect((await rows.deleteMany({ n: { $lt: 3 } })).deletedCount).toBe(2),
  'bulkWrite ordered': async () => {
    const upserts = Array.from({ length: batchMax }, (_, n) => ({ updateOne: { filter: { _id: `bulk${n}` }, update: { $setOnInsert: { n } }, upsert: true } }));
    await rows.bulkWrite(upserts, { ordered: true });
    await rows.bulkWrite([{ updateOne: { filter: { _id: 'a' }, update: { $set: { n: 5 } } } }, { deleteOne: { filter: { _id: 'a', n: 5 } } }, { insertOne: { document: { _id: 'a', n: 6 } } }], { ordered: true });
    expect(await rows.countDocuments({})).toBe(batchMax + 3);
    expect(await rows.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 6 });
  },
  createIndex: async () => {
    await rows.createIndex({ n: 1 }, { name: 'byNumber' });
    await rows.createIndex({ n: 1 }, { name: 'byNumber' });
    await expect(rows.createIndex({ n: -1 }, { name: 'byNumber' })).rejects.toMatchObject({ code: 86 });
  },
  dropDatabase: async () => {
    const other = client.db(`${database}_gone`);
    await other.collection('x').insertOne({});
    await other.dropDatabase();
    expect(await other.collection('x').countDocuments()).toBe(0);
  },
  ping: async () => expect(await client.db(database).command({ ping: 1 })).toMatchObject({ ok: 1 }),
};

const indexes: Record<(typeof mongoIndexKinds)[number], () => Promise<void>> = {
  compound: () => indexed({ n: 1, _id: 1 }, {}),
  descending: () => indexed({ n: -1 }, {}),
  unique: async () => {
    await indexed({ tenant: 1, n: 1 }, { unique: true });
    expect(await takenBy({ _id: 'z', n: 3 })).toBe('tried');
    expect(await takenBy({ _id: 'z', n: 3, tenant: 'T' })).toBeUndefined();
    const error = await rows.updateOne({ _id: 'a' }, { $set: { n: 2 } }).then(() => undefined, (e: unknown) => e);
    expect(takenIndex(error)).toBe('tried');
  },
  sparse: async () => {
    await indexed({ at: 1 }, { sparse: true });
    expect((await rows.find({ at: { $exists: true } }, { sort: { at: 1 }, limit: 5 }).toArray()).map((r) => r._id)).toEqual(['a']);
  },
  'unique sparse': async () => {
    await indexed({ once: 1 }, { unique: true, sparse: true });
    expect([await takenBy({ _id: 'x', once: '1' }), await takenBy({ _id: 'y', once: '1' }), await takenBy({ _id: 'z' })]).toEqual([undefined, 'tried', undefined]);
  },
  'partial where set': async () => {
    await indexed({ tenant: 1, slug: 1 }, { unique: true, partialFilterExpression: { slug: { $exists: true } } });
    expect([await takenBy({ _id: 'x', slug: 's' }), await takenBy({ _id: 'y', slug: 's' }), await takenBy({ _id: 'z' })]).toEqual([undefined, 'tried', undefined]);
  },
};

async function indexed(keys: Record<string, 1 | -1>, options: CreateIndexesOptions): Promise<void> {
  await rows.createIndex(keys, { ...options, name: 'tried' });
  expect(await rows.indexes()).toContainEqual(expect.objectContaining({ name: 'tried', key: keys }));
}

async function takenBy(row: Row): Promise<string | undefined> {
  return rows.insertOne(row).then(() => undefined, (error: unknown) => takenIndex(error));
}

describe('On this server', () => {
  it.each(mongoOperators)('%s does what the kit takes it to do', (operator) => operators[operator]());
  it.each(mongoCommands)('the command %s does', (command) => commands[command]());
  it.each(mongoIndexKinds)('an index that is %s does', (kind) => indexes[kind]());
});

describe('The kit', () => {
  it('uses no operator that is not tried here', async () => {
    const folder = new URL('../', import.meta.url);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
    expect(files.length).toBeGreaterThan(10);
    const text = (await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')))).join('\n');
    const used = new Set(text.match(/(?<=[{ ]|')\$\$?[A-Za-z]+(?=:|'\s*[,|)\]])/g));
    const fieldPaths = new Set(['$until', '$epoch', '$holder', '$order']);
    expect([...used].filter((name) => !fieldPaths.has(name)).sort()).toEqual([...mongoOperators].sort());
  });
});
