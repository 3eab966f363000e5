import type { CrashShop } from '../crash-shop.js';
import { violations } from './check-stock.js';

const wrongs: readonly (readonly [string, string])[] = [
  ['S4 an order and its parts differ', `select o.id, o.totals, sum((v.totals ->> 'totalMinor')::bigint) from orders.placed_order o join orders.vendor_order v on v.order_id = o.id group by o.tenant_id, o.id, o.totals having (o.totals ->> 'totalMinor')::bigint <> sum((v.totals ->> 'totalMinor')::bigint)`],
  ['S4 a payment and its order differ', `select p.id from payments.payment p join orders.placed_order o on o.id = p.order_id where p.amount_minor <> (o.totals ->> 'totalMinor')::bigint`],
  ['S4 a payment and its shares differ', `select p.id from payments.payment p join payments.payment_share s on s.payment_id = p.id group by p.tenant_id, p.id having sum(s.amount_minor) <> p.amount_minor or sum(s.captured_minor) <> p.captured_minor or sum(s.refunded_minor) <> p.refunded_minor`],
  ['S4 a payment and its tries differ', `select p.id from payments.payment p where p.captured_minor <> (select coalesce(sum(captured_minor), 0) from payments.payment_attempt a where a.payment_id = p.id)`],
  ['S4 a payment and its refunds differ', `select p.id, p.refunded_minor from payments.payment p where p.refunded_minor > p.captured_minor or p.refunded_minor <> (select coalesce(sum(amount_minor), 0) from payments.refund r where r.payment_id = p.id and r.status = 'SUCCEEDED')`],
  ['S4 kept money is not what the parts still come to', `select p.order_id, p.captured_minor, p.refunded_minor from payments.payment p where p.captured_minor > 0 and p.captured_minor - p.refunded_minor <>
     (select sum((v.totals ->> 'totalMinor')::bigint - v.cancelled_minor) from orders.vendor_order v where v.order_id = p.order_id)
     - coalesce((select sum(amount_minor) from payments.refund r where r.payment_id = p.id and r.status = 'SUCCEEDED' and r.source like '%refundPayment%' or r.payment_id = p.id and r.status = 'SUCCEEDED' and r.reason = 'Broken.'), 0)`],
  ['S4 a line was paid back otherwise than its order says', `select o.id, o.refunded, l.refunded_quantity from orders.order_line o join payments.payment_line l on l.id = o.id where o.refunded <> l.refunded_quantity`],
  ['S6 paid back and sent', `select o.id from orders.order_line o where o.cancelled + o.shipped > o.quantity`],
  ['S8 two orders of one cart', `select cart_id, count(*) from orders.placed_order o where not exists (select from orders.vendor_order v where v.order_id = o.id and v.status in ('EXPIRED')) group by tenant_id, cart_id having count(*) > 1`],
  ['S8 a coupon is used up by nobody', `select r.id from pricing.redemption r left join orders.placed_order o on o.id = r.id left join orders.checkout k on k.order_id = r.id and k.state in ('OPEN', 'UNDOING') where r.state = 'TAKEN' and o.id is null and k.id is null`],
  ['S8 an order has a coupon that was not taken', `select o.id, r.state from orders.placed_order o left join pricing.redemption r on r.id = o.id where cardinality(o.coupon_codes) > 0 and r.state is distinct from 'TAKEN' and not exists (select from orders.vendor_order v where v.order_id = o.id and v.status in ('CANCELLED', 'EXPIRED'))`],
];

interface Attempt { readonly id: string; readonly reference: string | null; readonly captured_minor: string; readonly order_id: string; readonly refunded: string }
interface Charge { readonly id: string; readonly amount: number; readonly amount_captured: number; readonly amount_refunded: number; readonly captured: boolean; readonly payment_intent: string; readonly status: string }
interface Intent { readonly id: string; readonly metadata: { readonly order?: string; readonly attempt?: string } }

/** What breaks S4, S5 and the money of S8: by the tables, and by the provider's own list. */
export async function checkMoney(shop: CrashShop): Promise<string[]> {
  return [...(await violations(shop.query, wrongs)), ...(await provider(shop))];
}

async function provider({ stripe, query }: CrashShop): Promise<string[]> {
  const account = (await stripe.control.accounts()).find(({ name }) => name === 'acme');
  const list = async <T extends { readonly id: string }>(kind: string): Promise<T[]> => {
    const all: T[] = [];
    for (let more = true; more; ) {
      const after = all.at(-1);
      const answer = await fetch(`${stripe.url}/v1/${kind}?limit=100${after ? `&starting_after=${after.id}` : ''}`, { headers: { authorization: `Bearer ${account?.secretKey}` } });
      const page = (await answer.json()) as { data: T[]; has_more: boolean };
      all.push(...page.data);
      more = page.has_more;
    }
    return all;
  };
  const [charges, intents] = await Promise.all([list<Charge>('charges'), list<Intent>('payment_intents')]);
  const attempts = await query<Attempt>(`select a.id, a.reference, a.captured_minor, p.order_id, (select coalesce(sum(amount_minor), 0) from payments.refund r where r.attempt_id = a.id and r.status = 'SUCCEEDED') as refunded from payments.payment_attempt a join payments.payment p on p.id = a.payment_id`);
  const orders = new Set((await query<{ id: string }>('select id from orders.placed_order')).map(({ id }) => id));
  return [...chargesWrong(charges.filter(({ status }) => status === 'succeeded'), attempts), ...intentsWrong(intents, attempts, orders)];
}

function chargesWrong(charges: readonly Charge[], attempts: readonly Attempt[]): string[] {
  const found: string[] = [];
  for (const { reference, captured_minor, refunded } of attempts.filter((one) => one.captured_minor !== '0')) {
    const own = charges.filter(({ payment_intent }) => payment_intent === reference);
    if (own.length !== 1 || String(own[0]?.amount_captured) !== captured_minor) found.push(`S5 captured here and not so there: ${reference}`);
    if (own[0] && String(own[0].amount_refunded) !== refunded) found.push(`S5 paid back here and not so there: ${reference}, ${refunded} and ${own[0].amount_refunded}`);
  }
  for (const { id, payment_intent, captured } of charges) if (captured && !attempts.some(({ reference, captured_minor }) => reference === payment_intent && captured_minor !== '0')) found.push(`S5 charged there and not captured here: ${id} of ${payment_intent}`);
  return found;
}

function intentsWrong(intents: readonly Intent[], attempts: readonly Attempt[], orders: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const { id, metadata } of intents) if (!orders.has(metadata.order ?? '')) found.push(`S5 a payment of no order: ${id}`);
  const byAttempt = Map.groupBy(intents, ({ metadata }) => metadata.attempt ?? '');
  for (const [attempt, own] of byAttempt) {
    const here = attempts.find(({ id }) => id === attempt)?.reference ?? 'none';
    if (own.length > 1 || here !== own[0]?.id) found.push(`S5 a try that is not one payment there: ${attempt}, ${here} here and ${own.map(({ id }) => id).join()} there`);
  }
  return found;
}
