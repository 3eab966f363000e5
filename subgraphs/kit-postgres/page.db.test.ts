import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Column, DataSource, Entity, PrimaryColumn, type Logger } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { invariant } from '@haat/kit/invariant';
import { keysetPage, type KeysetOrder } from './keyset-page.js';
import { keysetPages } from './keyset-pages.js';
import type { Page } from '@haat/kit/page';
import { cursorsOf } from '@haat/kit/page-cursor';
import { pageRange, type PageArguments } from '@haat/kit/page-range';

const schema = `page_${randomBytes(6).toString('hex')}`;

@Entity('thing', { schema })
class ThingRow {
  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ type: 'timestamptz', name: 'born_at' })
  bornAt: Date;

  @Column({ type: 'bigint', name: 'rank_number' })
  rank: string;
}

const statements: string[] = [];
const logger = { logQuery: (query: string) => statements.push(query), logQueryError: () => undefined } as unknown as Logger;
let source: DataSource;

beforeAll(async () => {
  const url = process.env['HAAT_TEST_POSTGRES_URL'];
  invariant(url, 'HAAT_TEST_POSTGRES_URL must name a Postgres server.');
  source = await new DataSource({ type: 'postgres', url, entities: [ThingRow], logger, logging: ['query'] }).initialize();
  await source.query(`create schema ${schema}`);
  await source.query(`create table ${schema}.thing (id text primary key, born_at timestamptz not null, rank_number bigint not null)`);
  // 250 rows in threes of the same microsecond, which a Date cannot tell from their neighbours.
  await source.query(`insert into ${schema}.thing select 'id_' || lpad(n::text, 4, '0'), '2026-01-01 00:00:00Z'::timestamptz + (n / 3) * interval '1 microsecond', n % 7 from generate_series(1, 250) n`);
});

afterAll(async () => {
  await source.query(`drop schema ${schema} cascade`);
  await source.destroy();
});

beforeEach(() => {
  statements.length = 0;
});

const oldest: readonly KeysetOrder[] = [{ column: 't.bornAt', direction: 'ASC' }, { column: 't.id', direction: 'ASC' }];
const mixed: readonly KeysetOrder[] = [{ column: 't.rank', direction: 'DESC' }, { column: 't.bornAt', direction: 'ASC' }, { column: 't.id', direction: 'DESC' }];

function pageOfThings(args: PageArguments, order = oldest, change: { tenantId?: string; where?: string } = {}): Promise<Page<ThingRow>> {
  const qb = source.manager.createQueryBuilder(ThingRow, 't').where(change.where ?? 'true');
  return keysetPage({ qb, order, args, tenantId: change.tenantId ?? 'ten_1' });
}

async function idsOf(order: readonly KeysetOrder[]): Promise<string[]> {
  const text = order.map((o) => `${o.column.replace('t.bornAt', 'born_at').replace('t.rank', 'rank_number').replace('t.id', 'id')} ${o.direction}`).join(', ');
  const rows: { id: string }[] = await source.query(`select id from ${schema}.thing order by ${text}`);
  return rows.map((row) => row.id);
}

describe('keysetPage', () => {
  it.each([['one direction', oldest], ['mixed directions', mixed]])('reads every row once, forward and backward, in %s', async (_, order) => {
    const all = await idsOf(order);
    const forward: string[] = [];
    let page = await pageOfThings({ first: 37 }, order);
    for (let turn = 0; turn < 10; turn += 1) {
      forward.push(...page.nodes.map((t) => t.id));
      if (!page.pageInfo.hasNextPage) break;
      page = await pageOfThings({ first: 37, after: page.pageInfo.endCursor }, order);
    }
    expect(forward).toEqual(all);
    const backward: string[] = [];
    page = await pageOfThings({ last: 41 }, order);
    for (let turn = 0; turn < 10; turn += 1) {
      backward.unshift(...page.nodes.map((t) => t.id));
      if (!page.pageInfo.hasPreviousPage) break;
      page = await pageOfThings({ last: 41, before: page.pageInfo.startCursor }, order);
    }
    expect(backward).toEqual(all);
  });

  it('takes one statement, without an offset, and counts only when asked', async () => {
    const page = await pageOfThings({ first: 5 });
    await pageOfThings({ first: 5, after: page.pageInfo.endCursor });
    expect(statements).toHaveLength(2);
    expect(statements.join()).not.toMatch(/offset|count\(/i);
    invariant(typeof page.totalCount === 'function', 'A keyset page counts lazily.');
    expect(await page.totalCount()).toBe(250);
    expect(statements).toHaveLength(3);
  });

  it('keeps the filter of the query, in the page and in the count', async () => {
    const page = await pageOfThings({ first: 100 }, oldest, { where: "(t.rank = 3 or t.id = 'id_0001')" });
    expect(page.nodes).toHaveLength(37);
    invariant(typeof page.totalCount === 'function', 'A keyset page counts lazily.');
    expect(await page.totalCount()).toBe(37);
    const next = await pageOfThings({ first: 100, after: page.edges[35]?.cursor ?? '' }, oldest, { where: "(t.rank = 3 or t.id = 'id_0001')" });
    expect(next.nodes.map((t) => t.id)).toEqual([page.nodes[36]?.id]);
  });

  it('refuses a cursor of another tenant, of another ordering and one that was changed', async () => {
    const { endCursor } = (await pageOfThings({ first: 5 })).pageInfo;
    const after = endCursor ?? '';
    const refused = { code: 'BAD_USER_INPUT', extensions: { problems: [{ path: ['after'] }] } };
    await expect(pageOfThings({ after }, oldest, { tenantId: 'ten_2' })).rejects.toMatchObject(refused);
    await expect(pageOfThings({ after }, mixed)).rejects.toMatchObject(refused);
    await expect(pageOfThings({ after: `${after.startsWith('A') ? 'B' : 'A'}${after.slice(1)}` })).rejects.toMatchObject(refused);
    expect(statements).toHaveLength(1);
  });

  it('refuses an invented position that the column cannot hold', async () => {
    const list = `t ${schema}.thing: t.bornAt ASC, t.id ASC`;
    const real = (await pageOfThings({ first: 1 })).pageInfo.endCursor;
    const cursors = cursorsOf({ tenantId: 'ten_1', list });
    expect(cursors.read(pageRange({ after: real }))).toHaveLength(2);
    await expect(pageOfThings({ after: cursors.write(['no moment', 'id_0001']) })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('refuses more than 100 before it asks the database', async () => {
    await expect(pageOfThings({ first: 101 })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(statements).toHaveLength(0);
  });
});

describe('keysetPages', () => {
  const lists = ['0', '3', '6', 'none'];
  const oneByOne = (id: string, args: PageArguments) => keysetPage({ qb: source.manager.createQueryBuilder(ThingRow, 't').where('t.rank = :id and t.id > :after', { id: id === 'none' ? -1 : Number(id), after: 'id_0010' }), order: oldest, args, tenantId: 'ten_1', key: id });
  const atOnce = (args: PageArguments) => keysetPages({ qb: source.manager.createQueryBuilder(ThingRow, 't').where('t.id > :after', { after: 'id_0010' }), order: oldest, args, tenantId: 'ten_1', parent: 'cast(t.rank as text)', parentOf: ({ rank }) => rank, ids: lists, keyOf: (id) => id });

  it.each([{ first: 4 }, { first: 100 }, { last: 4 }, {}])('are what each list answers by itself, by one statement, counts by one more: %o', async (args) => {
    const pages = await atOnce(args);
    expect(statements).toHaveLength(1);
    const counts = await Promise.all([...pages.values()].map(({ totalCount }) => (typeof totalCount === 'function' ? totalCount() : undefined)));
    expect(statements).toHaveLength(2);
    for (const [at, id] of lists.entries()) {
      const { totalCount, ...alone } = await oneByOne(id, args);
      invariant(typeof totalCount === 'function', 'A keyset page counts lazily.');
      expect(pages.get(id)).toMatchObject(alone);
      expect(counts[at]).toBe(await totalCount());
    }
  });

  it('go on by the cursor of one of them', async () => {
    const after = (await atOnce({ first: 4 })).get('3')?.pageInfo.endCursor ?? '';
    const [whole, next] = [await oneByOne('3', { first: 8 }), await oneByOne('3', { first: 4, after })];
    expect(next.nodes).toEqual(whole.nodes.slice(4));
    await expect(oneByOne('6', { first: 4, after })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(atOnce({ first: 4, after })).rejects.toThrow('one list');
  });
});
