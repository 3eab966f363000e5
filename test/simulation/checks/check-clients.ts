import type { Happening, Market } from '../market/market.js';
import { orders, partFacts, payments } from '../market/rows.js';

/** S7 and S8: what somebody was told is so, and the same key was told the same. */
export function checkClients(market: Market): string[] {
  return [...sameAnswers(market.history), ...placed(market), ...shipped(market), ...refunded(market), ...cancelled(market), ...holds(market)];
}

function of(history: readonly Happening[], what: string): Record<string, string>[] {
  return history.filter((one) => one.what === what).map(({ facts }) => facts as Record<string, string>);
}

/** One wish has one answer, whoever asked how often. */
function sameAnswers(history: readonly Happening[]): string[] {
  const answers = new Map<string, string>();
  const asked = [
    ...of(history, 'order-answer').map(({ tenant, actor, key, expectedMinor, answer }) => [`${tenant} ${actor} ${key} ${expectedMinor}`, answer ?? ''] as const),
    ...of(history, 'ship-answer').map(({ tenant, key, answer }) => [`${tenant} ${key}`, answer ?? ''] as const), ...of(history, 'refund-answer').map(({ tenant, key, answer }) => [`${tenant} ${key}`, answer ?? ''] as const),
  ];
  return asked.flatMap(([key, answer]) => {
    const before = answers.get(key) ?? answer;
    answers.set(key, before);
    return before === answer ? [] : [`S8 ${key} was told ${before} and then ${answer}`];
  });
}

/** An order that was promised is there, one that was refused is not, and another wish under its key was refused. */
function placed({ history, processes: { orders: seller } }: Market): string[] {
  const told = of(history, 'order-answer');
  const first = new Map(told.toReversed().map(({ key, expectedMinor }) => [key ?? '', expectedMinor]));
  const all = seller.store.all(orders);
  return told.flatMap(({ key, expectedMinor, cartId, tenant, answer = '' }) => {
    const said = JSON.parse(answer) as { orderId?: string; problem?: string; refused?: string };
    if (expectedMinor !== first.get(key ?? '')) return said.refused === 'IDEMPOTENCY_KEY_REUSED' ? [] : [`S8 another wish under ${key} was told ${answer}`];
    const order = all.find(({ id }) => id === said.orderId);
    if (said.orderId !== undefined) return order?.tenant === tenant && order?.cartId === cartId ? [] : [`S7 ${said.orderId} was promised to ${cartId} of ${tenant} and is not`];
    return all.some((one) => one.cartId === cartId) ? [`S7 ${cartId} was told ${answer}, and has an order`] : [];
  });
}

function shipped({ history, processes: { shipping } }: Market): string[] {
  const parcels = shipping.store.all(partFacts).flatMap(({ tenant, parcels: own }) => own.map((parcel) => ({ ...parcel, tenant })));
  const told = of(history, 'ship-answer').flatMap(({ tenant, key, part, answer = '' }) => {
    const own = parcels.filter(({ byKey }) => byKey === `${tenant} ${key}`);
    const promised = JSON.parse(answer) as string | { refused: string } | null;
    if (typeof promised === 'string') return own.length === 1 && own[0]?.id === promised && promised.startsWith(`${part}/`) ? [] : [`S7 ${key} of ${tenant} was promised ${promised}, and has ${own.map(({ id }) => id).join(' ') || 'nothing'}`];
    if (promised !== null) return [`S8 ${key} of ${tenant} was told ${promised.refused}`];
    return own.length === 0 ? [] : [`S7 ${key} of ${tenant} was told that nothing is sent, and ${own[0]?.id} is`];
  });
  const twice = [...Map.groupBy(parcels, ({ byKey }) => byKey)].filter(([, own]) => own.length > 1).map(([key]) => `S8 ${key} has two parcels`);
  return [...told, ...twice];
}

function refunded({ history, processes: { payments: keeper } }: Market): string[] {
  const refunds = keeper.store.all(payments).flatMap((payment) => payment.refunds);
  const told = of(history, 'refund-answer').flatMap(({ tenant, key, orderId, answer = '' }) => {
    const promised = JSON.parse(answer) as string | { refused: string } | null;
    if (promised === null) return [];
    if (typeof promised !== 'string') return [`S8 ${key} of ${tenant} was told ${promised.refused}`];
    const refund = refunds.find(({ id }) => id === promised);
    return refund && promised.startsWith(`${orderId}/`) ? [] : [`S7 ${key} of ${tenant} was promised ${promised}, and it is not there`];
  });
  const wanted = refunds.filter(({ source }) => source.startsWith('wanted:'));
  const twice = [...Map.groupBy(wanted, ({ source, id }) => `${source.split(':')[1]} of ${id.split('/')[0]}`)].filter(([, own]) => own.length > 1).map(([key]) => `S8 ${key} has two refunds`);
  return [...told, ...twice];
}

function cancelled({ history, processes: { orders: seller } }: Market): string[] {
  return history.filter(({ what, facts }) => what === 'cancel-answer' && facts['isCancelled'] === true).flatMap(({ facts }) => {
    const order = seller.store.row(orders, facts['orderId'] as string);
    return order?.parts.every(({ status }) => status === 'CANCELLED') ? [] : [`S7 ${String(facts['orderId'])} was told to be cancelled and is not`];
  });
}

/** A hold that was promised until a moment does not end by itself before it. */
function holds({ history }: Market): string[] {
  return history.filter(({ what }) => what === 'hold-ended').flatMap(({ atMs, facts }) => (atMs < (facts['promisedMs'] as number) ? [`S7 the hold of ${String(facts['orderId'])} ended ${(facts['promisedMs'] as number) - atMs} ms before its time`] : []));
}
