import { orderChanged, orderConfirmed, orderPlaced, vendorOrderAccepted, vendorOrderCancelled, type OrderState } from '@haat/schema/events/orders';
import { paymentCaptured, refundSucceeded } from '@haat/schema/events/payments';
import { parcelDelivered, parcelShipped } from '@haat/schema/events/shipping';
import { vendorMemberChanged } from '@haat/schema/events/vendors';
import type { EventContract, EventEnvelope } from '@haat/schema/event';
import { newId } from '@haat/kit/id';
import type { TenantFacts } from '@haat/kit/identity';
import { anAddress } from './mailbox.js';
import { envelopeFor } from './neighbours.js';
import type { TestNotifications } from './test-notifications.js';

/** An event and its contract, to be heard when the test wants. */
export interface Heard {
  readonly event: EventEnvelope;
  readonly contract: EventContract;
}

/** How an order is made for a test. */
export interface OrderOptions {
  readonly locale?: string;
  /** Null for a guest. */
  readonly userId?: string | null;
  readonly link?: string;
  /** Null for somebody without an e-mail address. */
  readonly to?: string | null;
}

const totals = { subtotalMinor: 120_000, discountMinor: 0, shippingMinor: 3_450, taxMinor: 0, totalMinor: 123_450 };
const shipTo = { country: 'SE', region: null, city: 'Uppsala', district: null, postalCode: '75310' };

/** What the shop says of one order with the parts of two vendors, event by event. */
export class ShopOrder {
  readonly orderId = newId('ord');
  readonly to: string | null;
  readonly userId: string | null;
  readonly vendors = [{ vendorId: newId('ven'), vendorName: 'Padma Crafts' }, { vendorId: newId('ven'), vendorName: 'Nordisk Form' }] as const;
  readonly parts = this.vendors.map((vendor, n) => ({ ...vendor, vendorOrderId: newId('vord'), number: `P-100${n + 1}`, status: 'CONFIRMED' as const, totalMinor: 61_725 }));

  constructor(private readonly test: TestNotifications, readonly tenant: TenantFacts, private readonly options: OrderOptions = {}) {
    this.to = options.to === undefined ? anAddress() : options.to;
    this.userId = options.userId === undefined ? newId('usr') : options.userId;
  }

  /** Lets it be heard; answers what became of that. */
  hear({ event, contract }: Heard): Promise<string> {
    return this.test.hear(event, contract);
  }

  async placed(version = 1): Promise<Heard> {
    return this.#of(orderPlaced, this.orderId, version, { ...(await this.#state()), savedPaymentMethodId: null, lines: [] });
  }

  async confirmed(version = 2): Promise<Heard> {
    return this.#of(orderConfirmed, this.orderId, version, { ...(await this.#state()), lines: [] });
  }

  async changed(version = 3): Promise<Heard> {
    return this.#of(orderChanged, this.orderId, version, await this.#state());
  }

  captured(nowMinor = 123_450, version = 3): Heard {
    return this.#of(paymentCaptured, newId('pay'), version, { ...this.#payment(), status: 'CAPTURED' as const, authorizedMinor: 0, capturedMinor: nowMinor, refundedMinor: 0, shares: [], amountMinor: 123_450, provider: 'stripe', nowMinor });
  }

  accepted(part = 0): Heard {
    return this.#of(vendorOrderAccepted, this.parts[part]?.vendorOrderId ?? '', 2, this.#part(part));
  }

  cancelled(part = 0, by = 'BUYER'): Heard {
    return this.#of(vendorOrderCancelled, this.parts[part]?.vendorOrderId ?? '', 3, { ...this.#part(part), cancelled: [], amountMinor: 61_725, by, reason: '', shipped: false, wasConfirmed: true });
  }

  refunded(part = 0): Heard {
    const { vendorOrderId = '', vendorId = '' } = this.parts[part] ?? {};
    return this.#of(refundSucceeded, newId('ref'), 1, { ...this.#payment(), refundId: newId('ref'), amountMinor: 61_725, lines: [], shares: [{ vendorOrderId, vendorId, amountMinor: 61_725 }], reason: '' });
  }

  shipped(trackingUrl: string | null, part = 0): Heard {
    return this.#of(parcelShipped, newId('par'), 2, this.#parcel(part, trackingUrl));
  }

  delivered(part = 0): Heard {
    return this.#of(parcelDelivered, newId('par'), 3, this.#parcel(part, null));
  }

  /** Somebody who works for one of its vendors, and whom identity knows. */
  async merchant(part = 0, { locale = 'en', grants = ['orders.manage'], email = anAddress() as string | null } = {}): Promise<{ readonly userId: string; readonly email: string | null; readonly memberId: string }> {
    const [userId, memberId] = [newId('usr'), newId('vmem')];
    this.test.contacts.set(userId, { userId, email, name: 'Mina', locale });
    await this.hear(this.#of(vendorMemberChanged, memberId, 1, { memberId, vendorId: this.parts[part]?.vendorId ?? '', userId, status: 'ACTIVE' as const, grants }));
    return { userId, email, memberId };
  }

  #of<P>(contract: EventContract<P>, id: string, version: number, payload: P): Heard {
    return { contract: contract as EventContract, event: envelopeFor(contract, this.tenant.id, { id, version }, payload) };
  }

  async #state(): Promise<OrderState> {
    const { locale = 'en', link = '/orders/1042' } = this.options;
    const sealedContact = await this.test.seal('notifications', { tenantId: this.tenant.id, purpose: 'order-contact' }, { to: this.to, phone: null, name: 'Anna', link });
    return {
      orderId: this.orderId, number: '1042', cartId: newId('cart'), status: 'CONFIRMED', buyer: this.#buyer(), locale, currency: 'EUR', totals, paymentChoice: 'CARD', couponCodes: [], emailHash: null, shipTo,
      vendorOrders: this.parts, sealedContact, placedAt: new Date().toISOString(),
    };
  }

  #part(part: number) {
    const { vendorOrderId = '', number = '', vendorId = '', vendorName = '', status = 'CONFIRMED' as const } = this.parts[part] ?? {};
    return {
      vendorOrderId, number, vendorId, vendorName, status, orderId: this.orderId, orderNumber: '1042', buyer: this.#buyer(), locale: 'en', currency: 'EUR', lines: [], totals, shippingMethodId: null, shippingMethodName: null, shippingTaxes: [],
      commission: { netMinor: 0, taxMinor: 0, taxRatePpm: 0 }, paymentChoice: 'CARD', amountToCollectMinor: 0, shipTo, sealedForShipping: '-', placedAt: new Date().toISOString(),
    };
  }

  #parcel(part: number, trackingUrl: string | null) {
    const { vendorOrderId = '', vendorId = '' } = this.parts[part] ?? {};
    return { parcelId: newId('par'), shipmentId: newId('spm'), vendorOrderId, orderId: this.orderId, vendorId, buyer: this.#buyer(), carrier: 'pathao', trackingId: 'T1', trackingUrl, lines: [] };
  }

  #payment() {
    return { paymentId: newId('pay'), orderId: this.orderId, buyer: this.#buyer(), currency: 'EUR' };
  }

  #buyer() {
    return { userId: this.userId, guestKey: this.userId === null ? 'a-guest' : null };
  }
}
