import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { MyProgram, type MyProgramQuery } from '../generated/operations.js';
import { openPartnerDoor, type PartnerDoor } from './door.js';
import { keepOrders, ordersIn, pullOrders } from './pull-orders.js';
import { pushStock, type Count } from './push-stock.js';
import { register, type OperationIds } from './register.js';

const usage = `Usage: HAAT_TOKEN=<token of the program> node clients/partner/dist/erp/run-erp.js [--stock <file.csv>] [--orders <file.jsonl>]
  HAAT_URL     the API, http://localhost:4000/graphql when left out
  HAAT_TENANT  the marketplace, acme when left out
  --stock      lines of <article number>,<pieces>[,<warehouse>]: what was counted, to be pushed
  --orders     where orders to pack are kept, one a line as JSON; those that are new are pulled
  --run        names this run, today's date when left out; the same name again has no second effect`;

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

/** One run of the ERP: registers its operations, pushes what was counted, pulls what is to be packed, and says what is left of the quota. */
async function run(): Promise<void> {
  const { values } = parseArgs({ options: { stock: { type: 'string' }, orders: { type: 'string' }, run: { type: 'string', default: new Date().toISOString().slice(0, 10) } } });
  const { HAAT_TOKEN: token, HAAT_URL: url = 'http://localhost:4000/graphql', HAAT_TENANT: tenant = 'acme' } = process.env;
  if (token === undefined || (values.stock === undefined && values.orders === undefined)) throw new Error(usage);
  const door = openPartnerDoor({ url, tenant, token });
  const ids = await register(door);
  const { myPartnerApp } = await door.run<MyProgramQuery>(MyProgram.id, {}, MyProgram.name);
  if (!myPartnerApp?.vendor) throw new Error('This token belongs to no program of a vendor.');
  const vendorId = myPartnerApp.vendor.id;
  const lines = [
    ...(values.stock === undefined ? [] : await stockPushed(door, ids, { vendorId, file: values.stock, run: values.run })),
    ...(values.orders === undefined ? [] : await ordersPulled(door, ids, { vendorId, file: values.orders })),
    `left of the quota: ${door.left ?? 'not said'}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function stockPushed(door: PartnerDoor, ids: OperationIds, { vendorId, file, run: name }: { readonly vendorId: string; readonly file: string; readonly run: string }): Promise<string[]> {
  const { changed, refused, unknown } = await pushStock(door, ids, { vendorId, counted: countedIn(await readFile(file, 'utf8')), run: name });
  return [`shelves put right: ${changed.length}`, ...refused.map((why) => `refused ${why}`), ...unknown.map((sku) => `unknown ${sku}`)];
}

async function ordersPulled(door: PartnerDoor, ids: OperationIds, { vendorId, file }: { readonly vendorId: string; readonly file: string }): Promise<string[]> {
  const orders = await pullOrders(door, ids, { vendorId, known: await ordersIn(file) });
  await keepOrders(file, orders);
  return [`new orders: ${orders.length}`, ...orders.map(({ number, lines }) => `${number}: ${lines.map(({ sku, quantity }) => `${quantity} x ${sku}`).join(', ')}`)];
}

/** Reads lines of an article number, a number of pieces and, where it lies in several, a warehouse's name. Throws a sentence that names the line. */
export function countedIn(text: string): Count[] {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return lines.map((line, at) => {
    const [sku = '', pieces = '', ...rest] = line.split(',').map((cell) => cell.trim());
    if (sku === '' || !/^\d{1,9}$/.test(pieces)) throw new Error(`Line ${at + 1} is no article number and number of pieces: ${line}`);
    return { sku, pieces: Number(pieces), ...(rest.length > 0 && { warehouse: rest.join(', ') }) };
  });
}
