import { MongoClient } from 'mongodb';
import type { MongoStore } from '@haat/kit-mongo/mongo';
import { subgraphs } from '@haat/local/subgraphs';
import type { TestMarketplace } from '../support/test-marketplace.js';

/** Tables of the kit that change by themselves while events go their way; and the answers kept for repeated calls, which are each caller's own and name what they asked for. */
const ofTheKit = new Set(['outbox', 'outbox_stream', 'inbox', 'inbox_head', 'dead_letter', 'attempt', 'idempotency_key']);

/**
 * Every row or document of a subgraph that names one of the marks, and every event said of one, as texts in a fixed order:
 * the same before and after, unless something was written. Read past every wall.
 */
export function markedRows(marketplace: TestMarketplace, subgraph: string, marks: readonly string[]): Promise<string[]> {
  const store = subgraphs.find(({ name }) => name === subgraph)?.store;
  if (store?.kind !== 'mongo') return markedInTables(marketplace, subgraph, marks);
  return markedDocuments(marketplace, { subgraph, collections: (store as MongoStore).collections.map(({ name }) => name) }, marks);
}

async function markedInTables(marketplace: TestMarketplace, subgraph: string, marks: readonly string[]): Promise<string[]> {
  const { query } = marketplace;
  const patterns = marks.map((mark) => `%${mark.replace(/[\\%_]/g, '\\$&')}%`);
  const tables = (await tenantTables(marketplace, subgraph)).filter((table) => !ofTheKit.has(table));
  const selects = tables.map((name) => `select '${name} ' || r::text as text from ${subgraph}.${name} r where r::text like any($1)`);
  const rows = await query<{ text: string }>(`${selects.join(' union all ')} order by 1`, [patterns]);
  const said = await query<{ id: string }>(`select id from ${subgraph}.outbox where aggregate_id = any($1) or tenant_id = any($1) order by 1`, [marks]);
  return [...rows.map(({ text }) => text), ...said.map(({ id }) => `outbox ${id}`)];
}

const tablesOf = new Map<string, Promise<string[]>>();

/** The tables of a subgraph that hold rows of tenants; they are the same in every marketplace. */
export function tenantTables({ query }: Pick<TestMarketplace, 'query'>, subgraph: string): Promise<string[]> {
  let tables = tablesOf.get(subgraph);
  if (!tables) tablesOf.set(subgraph, (tables = askTables(query, subgraph)));
  return tables;
}

async function askTables(query: TestMarketplace['query'], subgraph: string): Promise<string[]> {
  const tables = await query<{ name: string }>(
    `select t.table_name as name from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
     where t.table_schema = $1 and t.table_type = 'BASE TABLE' and c.column_name = 'tenant_id' order by 1`, [subgraph],
  );
  return tables.map(({ name }) => name);
}

/** An event leaves its document when the relay takes it up; the document's version tells whether one was said. */
async function markedDocuments({ servers }: TestMarketplace, { subgraph, collections }: { readonly subgraph: string; readonly collections: readonly string[] }, marks: readonly string[]): Promise<string[]> {
  const client = await MongoClient.connect(servers.mongo?.url ?? '');
  try {
    const db = client.db(`${servers.database}_${subgraph}`);
    const texts: string[] = [];
    for (const name of collections) {
      const documents = await db.collection(name).find().sort({ _id: 1 }).toArray();
      texts.push(...documents.map(({ outbox: _, outboxAt: __, ...document }) => `${name} ${JSON.stringify(document)}`));
    }
    return texts.filter((text) => marks.some((mark) => text.includes(mark)));
  } finally {
    await client.close();
  }
}
