import { eventually } from '@haat/kit/testing/eventually';
import type { BenchDoor } from './bench-door.js';

/** Sockets that listen to the stock of one vendor, and a shelf whose pieces change. */
export interface LiveListeners {
  /** Counts the shelf, and waits until every socket was told. Answers how long each waited after the change was answered, in milliseconds. */
  change(onHand: number): Promise<number[]>;
}

const openingAtOnce = 50;
/** A change that somebody is not told by then is lost, in milliseconds. */
const lostAfterMs = 20_000;

const offersText = 'query Offers { products(first: 20, filter: { status: PUBLISHED }) { nodes { variants { bestOffer { id vendor { id } } } } } }';
const levelsText = 'query Levels($vendorId: ID!) { stockLevels(vendorId: $vendorId, first: 1) { nodes { offer { id } warehouse { id } } } }';
const adjustText = 'mutation Adjust($input: AdjustStockInput!) { adjustStock(input: $input) { __typename } }';

interface Offers { readonly products: { readonly nodes: readonly { readonly variants: readonly { readonly bestOffer: { readonly vendor: { readonly id: string } | null } | null }[] }[] } }
interface Levels { readonly stockLevels: { readonly nodes: readonly { readonly offer: { readonly id: string } | null; readonly warehouse: { readonly id: string } | null }[] } }

/** Opens them. Where `isAlike` is false each asks in words of its own, so that nothing is asked for two of them at once. */
export async function openListeners(door: BenchDoor, count: number, isAlike: boolean): Promise<LiveListeners> {
  const token = await door.signIn('operator');
  const { products } = await door.ask<Offers>(offersText, {}, token);
  const vendorId = products.nodes.flatMap(({ variants }) => variants).find(({ bestOffer }) => bestOffer?.vendor)?.bestOffer?.vendor?.id ?? '';
  const { stockLevels } = await door.ask<Levels>(levelsText, { vendorId }, token);
  const [level] = stockLevels.nodes;
  const shelf = { offerId: level?.offer?.id, warehouseId: level?.warehouse?.id };
  const told = { onHand: -1, at: [] as number[] };
  const opened = { count: 0 };
  for (let n = 0; n < count; n += openingAtOnce) {
    const batch = Math.min(openingAtOnce, count - n);
    for (let m = 0; m < batch; m += 1) listen(door.url, token, textOf(vendorId, isAlike ? 0 : n + m), { told, opened });
    await eventually(() => opened.count >= n + batch, lostAfterMs);
  }
  return {
    async change(onHand) {
      Object.assign(told, { onHand, at: [] });
      const input = { ...shelf, onHand, reason: 'The bench counted.', idempotencyKey: crypto.randomUUID() };
      const { adjustStock } = await door.ask<{ adjustStock: { __typename: string } }>(adjustText, { input }, token);
      const committed = performance.now();
      if (adjustStock.__typename !== 'StockLevel') throw new Error(`Counting came to ${adjustStock.__typename}.`);
      await eventually(() => told.at.length >= count, lostAfterMs);
      return told.at.map((at) => Math.max(0, at - committed));
    },
  };
}

function textOf(vendorId: string, n: number): string {
  return `subscription { stockChanged(vendorId: "${vendorId}") { s${n}: onHand available isLow warehouse { id name } offer { id variant { sku title } } } }`;
}

interface Heard {
  readonly told: { onHand: number; at: number[] };
  readonly opened: { count: number };
}

function listen(url: string, token: string, query: string, { told, opened }: Heard): void {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const send = (message: object): void => socket.send(JSON.stringify(message));
  let isBegun = false;
  socket.onopen = () => send({ type: 'connection_init', payload: { authorization: `Bearer ${token}`, 'x-haat-tenant': 'acme' } });
  socket.onmessage = ({ data }) => {
    const text = String(data);
    if (text.includes('"type":"connection_ack"')) send({ type: 'subscribe', id: '1', payload: { query } });
    // The first cursor says that the subscription has begun.
    if (text.includes('"type":"ping"') && !isBegun) {
      isBegun = true;
      opened.count += 1;
    }
    if (text.includes(`":${told.onHand},"available"`)) told.at.push(performance.now());
  };
}

/** A quantile of waiting times. */
export function quantileOf(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
