import { newId } from '@haat/kit/id';
import { standInAccount, startPathaoStandIn, type PathaoStandIn } from './pathao-stand-in.js';
import { departed, ShippingRig, type Market, type Outcome, type Part } from './shipping-rig.js';

/** A shipment by Pathao, as these tests read it. */
export interface Sent extends Outcome {
  readonly id: string;
  readonly status: string;
  readonly trackingId: string | null;
  readonly parcels: readonly { readonly id: string }[];
}

/** A parcel that Pathao took. */
export interface Taken {
  readonly market: Market;
  readonly part: Part;
  readonly sent: Sent;
  readonly parcelId: string;
  readonly consignment: string;
}

/** What Pathao wants to hear when it calls back. */
export const integrationSecret = 'f3992ecc-59da-4cbe-a049-a13da2018d51';
/** An account that the stand-in lets in. */
export const account = { ...standInAccount, storeId: '7', callbackSecret: 'a callback secret', integrationSecret };

const cash = { amountToCollectMinor: 53_421, paymentChoice: 'CASH_ON_DELIVERY' } as const;

/** The test's clock stands still at the beginning of 2026: what happened before it is told by the minute. */
export function minute(at: number): string {
  return `2025-12-31 20:${String(at).padStart(2, '0')}:00`;
}

/** Shipping with a stand-in for Pathao. */
export class PathaoRig implements AsyncDisposable {
  private constructor(readonly rig: ShippingRig, readonly pathao: PathaoStandIn) {}

  static async start(): Promise<PathaoRig> {
    const pathao = await startPathaoStandIn();
    return new PathaoRig(await ShippingRig.start({ PATHAO_URL: `${pathao.url}/`, PATHAO_SANDBOX_URL: 'http://127.0.0.1:9', CARRIER_TIMEOUT_MS: '2000' }), pathao);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rig[Symbol.asyncDispose]();
    await this.pathao[Symbol.asyncDispose]();
  }

  /** Pathao takes orders, and orders lets every parcel go. */
  reset(): void {
    this.pathao.manner = 'take';
    this.rig.letDepart = departed;
  }

  /** A marketplace with an account at Pathao. */
  async connected(): Promise<Market> {
    const market = this.rig.market();
    const { __typename, callbackPath } = await this.rig.mutate(market.operator, 'connectCarrier', account);
    if (__typename !== 'CarrierAccount' || callbackPath !== `/hooks/shipping/pathao/${market.tenant.slug}`) throw new Error(`The account came to ${__typename} ${String(callbackPath)}.`);
    return market;
  }

  ship(market: Market, part: Part): Promise<Sent> {
    return this.rig.ship(market.merchant, part, { carrier: 'pathao', idempotencyKey: newId('req') }) as Promise<Sent>;
  }

  /** A parcel that Pathao took; unless said otherwise its cash is collected at the door. */
  async taken(changes: Parameters<ShippingRig['part']>[2] = cash): Promise<Taken> {
    const market = await this.connected();
    const part = await this.rig.part(market, [{ quantity: 2, totalMinor: 53_421 }], changes);
    const sent = await this.ship(market, part);
    const parcelId = sent.parcels[0]?.id ?? '';
    return { market, part, sent, parcelId, consignment: this.pathao.consignmentOf(parcelId) };
  }

  /** Pathao calls back; answers the status and the integration secret of the answer. */
  async callBack({ tenant }: Market, said: Record<string, unknown>, secret: string | null = account.callbackSecret): Promise<[number, string | undefined]> {
    const { status, headers } = await this.rig.subgraph.send({ tenant }, {
      method: 'POST', url: `/hooks/shipping/pathao/${tenant.slug}`, headers: { 'content-type': 'application/json', ...(secret !== null && { 'x-pathao-signature': secret }) }, body: Buffer.from(JSON.stringify(said)),
    });
    return [status, headers['x-pathao-merchant-webhook-integration-secret']];
  }

  /** Pathao tells something of a parcel. */
  tell({ market, consignment }: Pick<Taken, 'market' | 'consignment'>, event: string, at: number, more: Record<string, unknown> = {}): Promise<[number, string | undefined]> {
    return this.callBack(market, { event: `order.${event}`, consignment_id: consignment, timestamp: minute(at), ...more });
  }

  /** What it told is taken up. */
  takeUp(): Promise<void> {
    return this.rig.subgraph.runJob('take-callbacks');
  }

  /** A shipment and what happened to it, as its sender reads it. */
  async read(market: Market, id: string) {
    return (await this.rig.read<{ shipment: { status: string; events: { kind: string; status: string | null; note: string | null }[] } }>(market.merchant, 'query($id: ID!) { shipment(id: $id) { status events { kind status note } } }', { id })).shipment;
  }

  /** Puts the beginning of a parcel before all that is told of it. */
  async longAgo(parcelId: string): Promise<void> {
    await this.rig.subgraph.query(`update shipping.parcel set heard_at = '2025-12-31T00:00:00Z' where id = $1`, [parcelId]);
  }
}
