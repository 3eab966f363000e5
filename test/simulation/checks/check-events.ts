import { inboxRows, letters } from '../engine/inbox.js';
import type { Process } from '../engine/process.js';
import type { Market } from '../market/market.js';
import { orders, partFacts, payments } from '../market/rows.js';

/** S9 to S11: each event is streamed and has its effect once, in order of versions; state and events come together. */
export function checkEvents(market: Market): string[] {
  const all = Object.values(market.processes);
  return [...all.flatMap((process) => [...streamed(market, process), ...lying(process), ...ordered(process)]), ...all.flatMap((producer) => heard(market, producer)), ...together(market), ...projected(market)];
}

function streamed({ world: { broker } }: Market, { name, store }: Process): string[] {
  const there = new Set(broker.streamOf(name).map(({ event }) => event.id));
  return store.outbox.flatMap(({ event, sequence }) => [...(sequence === null ? [`S9 ${event.id} waits in the outbox at rest`] : []), ...(there.has(event.id) ? [] : [`S9 ${event.id} ${event.type} is in no stream`])]);
}

function lying({ store }: Process): string[] {
  return store.all(letters).filter(({ status }) => status !== 'REDRIVEN').map(({ consumer, event, status }) => `S9 ${event.id} is ${status} at ${consumer}`);
}

/** Each event is known to each who hears it, and had its effect there just once; said again, at most once. */
function heard(market: Market, { store }: Process): string[] {
  return Object.entries(market.consumers).flatMap(([reader, consumers]) => {
    const { store: own } = market.processes[reader as keyof typeof market.consumers];
    const rows = new Set(own.all(inboxRows).map(({ consumer, eventId }) => `${consumer} ${eventId}`));
    const effects = new Map<string, number>();
    for (const { consumer, event } of own.effects) effects.set(`${consumer} ${event.id}`, (effects.get(`${consumer} ${event.id}`) ?? 0) + 1);
    return consumers.flatMap(({ name, type }) => store.outbox.filter(({ event }) => event.type === type).flatMap(({ event }) => {
      const key = `${name} ${event.id}`;
      const times = effects.get(key) ?? 0;
      return [...(rows.has(key) ? [] : [`S9 ${event.id} never came to ${name}`]), ...(times === 1 || (event.isAgain && times === 0) ? [] : [`S9 ${event.id} ${event.type} had its effect ${times} times at ${name}`])];
    }));
  });
}

/** The versions that a consumer applied of an aggregate rise. */
function ordered({ store }: Process): string[] {
  const heads = new Map<string, number>();
  return store.effects.flatMap(({ consumer, event: { aggregate } }) => {
    const key = `${consumer} ${aggregate.id}`;
    const before = heads.get(key) ?? -1;
    heads.set(key, aggregate.version);
    return aggregate.version > before ? [] : [`S10 ${consumer} applied ${aggregate.id} ${aggregate.version} behind ${before}`];
  });
}

/** Each version of a part was said, and none that is not. */
function together({ processes: { orders: seller } }: Market): string[] {
  const said = new Set(seller.store.outbox.filter(({ event }) => event.type === 'vendor-order-changed').map(({ event: { aggregate } }) => `${aggregate.id} ${aggregate.version}`));
  const there = new Set(seller.store.all(orders).flatMap(({ parts }) => parts.flatMap(({ id, version }) => Array.from({ length: version }, (_, at) => `${id} ${at + 1}`))));
  return [...[...there].filter((one) => !said.has(one)).map((one) => `S11 nobody said ${one}`), ...[...said].filter((one) => !there.has(one)).map((one) => `S11 ${one} was said and is not`)];
}

/** What neighbours know is what is. */
function projected({ processes: { orders: seller, shipping, payments: keeper } }: Market): string[] {
  return seller.store.all(orders).flatMap(({ id, parts, paidMinor }) => {
    const payment = keeper.store.row(payments, id);
    return [
      ...parts.filter((part) => shipping.store.row(partFacts, part.id)?.status !== part.status).map((part) => `S10 shipping knows ${part.id} as ${shipping.store.row(partFacts, part.id)?.status}, and it is ${part.status}`),
      ...(payment && payment.capturedMinor !== paidMinor ? [`S10 ${id} knows of ${paidMinor}, its payment of ${payment.capturedMinor}`] : []),
    ];
  });
}
