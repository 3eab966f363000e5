import { randomBytes, randomUUID } from 'node:crypto';
import { Callbacks } from './callbacks.js';
import { statusOf, walks, type PathaoAccount, type SimulatedConsignment } from './pathao-account.js';

/** What becomes of the next requests for a consignment: refused, too many, an error before or after it was taken, no answer after it was taken, a late answer. */
export type Trouble = 'refuse' | 'busy' | 'error' | 'error-after' | 'silent-after' | 'slow';

interface Token {
  readonly clientId: string;
  readonly refresh: string;
}

/** How long a token holds, in seconds: five days. */
export const tokenSeconds = 432_000;

/** Everything the simulator knows. */
export class PathaoDesk {
  readonly accounts: PathaoAccount[];
  readonly consignments = new Map<string, SimulatedConsignment>();
  readonly callbacks = new Callbacks();
  /** Taken one by one. */
  readonly troubles: Trouble[] = [];
  readonly #tokens = new Map<string, Token>();

  constructor(accounts: readonly PathaoAccount[]) {
    this.accounts = [...accounts];
  }

  /** A token for whoever shows name and password, or the other token; undefined for anybody else. */
  issueToken(wish: Readonly<Record<string, unknown>>): { access: string; refresh: string } | undefined {
    const account = this.accounts.find(({ clientId, clientSecret }) => clientId === wish['client_id'] && clientSecret === wish['client_secret']);
    const isRight = wish['grant_type'] === 'password' ? account?.username === wish['username'] && account?.password === wish['password']
      : wish['grant_type'] === 'refresh_token' && [...this.#tokens.values()].some(({ clientId, refresh }) => clientId === account?.clientId && refresh === wish['refresh_token']);
    if (!account || !isRight) return undefined;
    const [access, refresh] = [randomUUID(), randomUUID()];
    this.#tokens.set(access, { clientId: account.clientId, refresh });
    return { access, refresh };
  }

  /** Whose token it is. */
  accountOf(authorization: string | undefined): PathaoAccount | undefined {
    const token = this.#tokens.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
    return token && this.accounts.find(({ clientId }) => clientId === token.clientId);
  }

  /** No token holds any more. */
  forgetTokens(): void {
    this.#tokens.clear();
  }

  /** Takes a parcel, and says so by callback. The same merchant's number again is another consignment, as at Pathao: whoever asks twice has two. */
  take(account: PathaoAccount, order: Readonly<Record<string, unknown>>): SimulatedConsignment {
    const weight = Number(order['item_weight']);
    const consignment: SimulatedConsignment = {
      id: `DT${new Date().toISOString().slice(2, 10).replaceAll('-', '')}${randomBytes(3).toString('hex').toUpperCase()}`, clientId: account.clientId, merchantOrderId: typeof order['merchant_order_id'] === 'string' ? order['merchant_order_id'] : null,
      amountToCollect: Number(order['amount_to_collect']), deliveryFee: feeOf(weight), status: 'Pending', changedAtMs: 0,
    };
    this.consignments.set(consignment.id, consignment);
    this.tell(consignment.id, 'order.created', { delivery_fee: consignment.deliveryFee });
    return consignment;
  }

  /** Something happens to a consignment: its state is that, and a callback says so. False where there is no such consignment or event. */
  tell(id: string, event: string, more: Readonly<Record<string, unknown>> = {}): boolean {
    const consignment = this.consignments.get(id);
    const account = this.accounts.find(({ clientId }) => clientId === consignment?.clientId);
    const status = statusOf[event];
    if (!consignment || !account || status === undefined) return false;
    // A second between two events at least: Pathao tells time by the second.
    const atMs = Math.max(Date.now(), consignment.changedAtMs + 1);
    Object.assign(consignment, { status, changedAtMs: atMs });
    const at = new Date(atMs);
    const local = new Date(atMs + 6 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    this.callbacks.put(account, { consignment_id: id, merchant_order_id: consignment.merchantOrderId, store_id: account.storeId, updated_at: local, timestamp: at.toISOString(), event, ...moneyOf(event, consignment), ...more });
    return true;
  }

  /** Everything that usually happens until an end. */
  walk(id: string, to: string): boolean {
    const steps = walks[to];
    return steps !== undefined && steps.map((step) => this.tell(id, `order.${step}`)).every(Boolean);
  }
}

function moneyOf(event: string, { amountToCollect, deliveryFee }: SimulatedConsignment): Record<string, unknown> {
  if (event === 'order.delivered') return { collected_amount: amountToCollect, delivery_fee: deliveryFee };
  if (event === 'order.partial-delivery') return { collected_amount: Math.floor(amountToCollect / 2), delivery_fee: deliveryFee };
  if (event === 'order.delivery-failed') return { reason: 'The customer was not reachable.' };
  return event === 'order.returned' ? { reason: 'Refused by the customer.' } : {};
}

/** Sixty taka up to half a kilogram, seventy up to one, fifteen for each kilogram begun beyond. */
export function feeOf(kilograms: number): number {
  return kilograms <= 0.5 ? 60 : kilograms <= 1 ? 70 : 70 + Math.ceil(kilograms - 1) * 15;
}
