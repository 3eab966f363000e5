import { eventually } from '@haat/kit/testing/eventually';
import type { CrashShop } from '../crash-shop.js';
import type { Streamed, StreamReader } from './stream-reader.js';
import { violations } from './check-stock.js';

/** How long it may take until nobody waits for anything, in milliseconds: twice V2, since machines of tests are slow. */
const restMs = 120_000;

/** Aggregate states that must have been said, and the other way round. */
const orphans: readonly (readonly [string, string])[] = [
  ['S11 an order and the event that it was placed', `select o.id, e.aggregate_id from orders.placed_order o full join (select * from orders.outbox where event_type like '%order-placed%' and not republished) e on e.aggregate_id = o.id where o.id is null or e.aggregate_id is null`],
  ['S11 a captured payment and its event', `select p.id, e.aggregate_id from (select * from payments.payment where captured_minor > 0) p full join (select distinct aggregate_id from payments.outbox where event_type like '%payment-captured%') e on e.aggregate_id = p.id where p.id is null or e.aggregate_id is null`],
  ['S11 a refund and its event', `select p.id, e.aggregate_id from (select * from payments.refund where status = 'SUCCEEDED') p full join (select distinct aggregate_id from payments.outbox where event_type like '%refund-succeeded%') e on e.aggregate_id = p.id where p.id is null or e.aggregate_id is null`],
  ['S11 a sent parcel and its event', `select p.id, e.aggregate_id from (select * from shipping.parcel where shipped_at is not null) p full join (select distinct aggregate_id from shipping.outbox where event_type like '%parcel-shipped%') e on e.aggregate_id = p.id where p.id is null or e.aggregate_id is null`],
];

/** The schemas that have an outbox. */
export async function outboxes({ query }: CrashShop): Promise<string[]> {
  return (await query<{ schema: string }>(`select table_schema as schema from information_schema.tables where table_name = 'outbox' order by 1`)).map(({ schema }) => schema);
}

/** A payment that is being opened may be there already and not here yet: whoever died in between left that to the job. */
const unopened = `(select count(*) from payments.payment_attempt where status = 'CREATED' and reference is null and due_at is not null)`;

/** Waits until every outbox is empty, every event was taken and every payment that was begun is open. */
export async function untilRest(shop: CrashShop, reader: StreamReader): Promise<void> {
  const unsent = (await outboxes(shop)).map((schema) => `(select count(*) from ${schema}.outbox where published_at is null)`);
  await eventually(async () => {
    const [row] = await shop.query<{ waiting: string }>(`select ${[...unsent, unopened].join(' + ')} as waiting`);
    return row?.waiting === '0' && (await reader.waiting()) === 0;
  }, restMs);
}

/** What breaks S9, S10 and S11: by the outboxes, the streams and the inboxes. What is said while it looks, by a window that ends or a claim that runs out, is looked at the next time. */
export async function checkEvents(shop: CrashShop, reader: StreamReader): Promise<string[]> {
  const schemas = await outboxes(shop);
  const said = new Map<string, readonly string[]>();
  for (const schema of schemas) said.set(schema, (await shop.query<{ id: string }>(`select id from ${schema}.outbox`)).map(({ id }) => id));
  await untilRest(shop, reader);
  const streams = await reader.all();
  const known = new Set([...said.values()].flat());
  const found = [...(await violations(shop.query, orphans)), ...(await violations(shop.query, schemas.map((schema) => [`S9 a dead letter of ${schema}`, `select consumer, reason from ${schema}.dead_letter where status in ('DEAD', 'PARKED')`])))];
  for (const schema of schemas) {
    const inStream = new Set((streams.get(schema) ?? []).map(({ id }) => id));
    const lost = said.get(schema)?.find((id) => !inStream.has(id));
    if (lost) found.push(`S9 ${lost} of ${schema} was never streamed`);
  }
  for (const [stream, messages] of streams) {
    found.push(...orderWrong(stream, messages));
    for (const { subgraph, subjects } of await reader.listeners(stream)) if (schemas.includes(subgraph)) found.push(...(await unheard(shop, { subgraph, stream, messages: messages.filter(({ id, subject }) => known.has(id) && subjects.some((one) => fits(one, subject))) })));
  }
  return found;
}

/** Versions of one aggregate rise along the stream, save for what is said again. */
function orderWrong(stream: string, messages: readonly Streamed[]): string[] {
  const heads = new Map<string, number>();
  const seen = new Set<string>();
  for (const { id, event: { aggregate, tenantId, republished } } of messages) {
    if (seen.has(id) || republished) continue;
    seen.add(id);
    const key = `${tenantId} ${aggregate.id}`;
    if (aggregate.version < (heads.get(key) ?? 0)) return [`S10 ${aggregate.id} went back to version ${aggregate.version} in ${stream}`];
    heads.set(key, aggregate.version);
  }
  return [];
}

/** Each event of a stream has its rows in the inbox of who listens, each consumer's once: the keys see to that, and a count to the rest. */
async function unheard({ query }: CrashShop, { subgraph, stream, messages }: { readonly subgraph: string; readonly stream: string; readonly messages: readonly Streamed[] }): Promise<string[]> {
  const rows = await query<{ id: string; outcome: string }>(`select id, min(outcome) as outcome from ${subgraph}.inbox group by id`);
  const heard = new Set(rows.map(({ id }) => id));
  const lost = messages.find(({ event }) => !heard.has(event.id));
  return lost ? [`S9 ${subgraph} never took ${lost.event.type} ${lost.event.id} of ${stream}`] : [];
}

/** Whether a subject fits a pattern of the broker: `*` is one word, `>` all that follow. */
function fits(pattern: string, subject: string): boolean {
  const words = subject.split('.');
  const parts = pattern.split('.');
  return parts.every((part, at) => part === '>' || (words[at] !== undefined && (part === '*' || part === words[at]))) && (parts.at(-1) === '>' || parts.length === words.length);
}
