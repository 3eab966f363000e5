import type { ContactFacts, PostalAddress, TaxLine, Totals } from '@haat/schema/parts';
import { minorColumn } from '@haat/kit/money';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';
import type { Mover, VendorOrderState } from './vendor-order-state.js';

/** What a shopper placed. Its state is rolled up from its parts and kept nowhere. */
@Entity({ name: 'placed_order' })
export class OrderRow extends TenantRow {
  @Column({ type: 'text' }) number: string;
  @Column({ type: 'text' }) cartId: string;
  @Column({ type: 'text', nullable: true }) userId: string | null;
  @Column({ type: 'text', nullable: true }) guestKey: string | null;
  @Column({ type: 'text', nullable: true }) emailHash: string | null;
  @Column({ type: 'text' }) locale: string;
  @Column({ type: 'text' }) currency: string;
  @Column({ type: 'jsonb' }) totals: Totals;
  @Column({ type: 'jsonb', nullable: true }) contact: ContactFacts | null;
  @Column({ type: 'jsonb' }) shippingAddress: PostalAddress;
  @Column({ type: 'jsonb', nullable: true }) billingAddress: PostalAddress | null;
  @Column({ type: 'text', nullable: true }) note: string | null;
  @Column({ type: 'text' }) paymentChoice: string;
  @Column({ type: 'text', nullable: true }) savedPaymentMethodId: string | null;
  @Column({ type: 'text', nullable: true }) paymentId: string | null;
  @Column({ type: 'text', array: true }) couponCodes: readonly string[];
  /** What `pricing.redeem` took, to be taken again where the order is paid late. */
  @Column({ type: 'jsonb' }) redemptions: Readonly<Record<string, unknown>>;
  @Column({ type: 'jsonb' }) trace: readonly unknown[];
  @Column({ type: 'timestamptz' }) placedAt: Date;
  /** The marketplace's, as it was then: days on papers are of it. */
  @Column({ type: 'text' }) timeZone: string;
  /** What its payment promised or took so far. */
  @Column({ type: 'bigint', transformer: minorColumn, default: 0 }) paidMinor: number;
  /** When its stock is taken anew: it was paid late, or its hold was lost. Null where there is nothing to take. */
  @Column({ type: 'timestamptz', nullable: true }) revivesAt: Date | null;
  @Column({ type: 'text', nullable: true }) revivesWhy: 'PAID_LATE' | 'HOLD_LOST' | null;
  /** Its buyer was erased: what names a person goes as soon as nobody has to send anything any more. */
  @Column({ type: 'boolean', default: false }) isErased: boolean;
  /** The facts that integrations keep of it. */
  @Column({ type: 'jsonb', default: [] }) storedMetadata: readonly { readonly key: string; readonly value: string; readonly isPrivate: boolean }[];
  /** What its events carry for notifications and for shipping, sealed once: the same at each event, and sealing is dear. Null where it must be sealed anew. */
  @Column({ type: 'text', nullable: true }) sealedContact: string | null;
  @Column({ type: 'text', nullable: true }) sealedAddress: string | null;
}

/** The part of one vendor. */
@Entity({ name: 'vendor_order' })
export class VendorOrderRow extends TenantRow {
  @Column({ type: 'text' }) number: string;
  @Column({ type: 'text' }) orderId: string;
  @Column({ type: 'text' }) vendorId: string;
  @Column({ type: 'text' }) vendorName: string;
  @Column({ type: 'text' }) status: VendorOrderState;
  @Column({ type: 'jsonb' }) totals: Totals;
  @Column({ type: 'text', nullable: true }) shippingMethodId: string | null;
  @Column({ type: 'text', nullable: true }) shippingMethodName: string | null;
  @Column({ type: 'jsonb' }) shippingTaxes: readonly TaxLine[];
  @Column({ type: 'jsonb' }) commission: { readonly netMinor: number; readonly taxMinor: number; readonly taxRatePpm: number };
  @Column({ type: 'bigint', transformer: minorColumn }) amountToCollectMinor: number;
  @Column({ type: 'timestamptz' }) placedAt: Date;
  /** After how many hours of waiting for its vendor it is accepted by itself, as the vendor had set when it was placed; null where never. */
  @Column({ type: 'int', nullable: true }) acceptsAfterHours: number | null;
  /** When it is accepted by itself; null where never, or while it does not wait for that. */
  @Column({ type: 'timestamptz', nullable: true }) acceptsAt: Date | null;
  /** When the time to return goods is over; null before it was delivered. */
  @Column({ type: 'timestamptz', nullable: true }) completesAt: Date | null;
  /** Where it stands in the order. */
  @Column({ type: 'int' }) position: number;
  /** Where it stood when the promise of its money lapsed; null where none did, or since it was released. */
  @Column({ type: 'text', nullable: true }) unpaidFrom: VendorOrderState | null;
  /** What was cancelled of its total so far. */
  @Column({ type: 'bigint', transformer: minorColumn, default: 0 }) cancelledMinor: number;
}

/** A line as it was bought, and what became of its pieces. */
@Entity({ name: 'order_line' })
export class OrderLineRow extends TenantRow {
  @Column({ type: 'text' }) vendorOrderId: string;
  @Column({ type: 'text' }) orderId: string;
  @Column({ type: 'text' }) cartLineId: string;
  @Column({ type: 'text' }) offerId: string;
  @Column({ type: 'text' }) productId: string;
  @Column({ type: 'text' }) variantId: string;
  @Column({ type: 'text' }) title: string;
  @Column({ type: 'text' }) sku: string;
  @Column({ type: 'jsonb' }) options: readonly { readonly name: string; readonly value: string }[];
  @Column({ type: 'text', nullable: true }) imageUrl: string | null;
  @Column({ type: 'int', nullable: true }) weightGrams: number | null;
  @Column({ type: 'int' }) quantity: number;
  @Column({ type: 'int', default: 0 }) cancelled: number;
  @Column({ type: 'int', default: 0 }) shipped: number;
  @Column({ type: 'int', default: 0 }) delivered: number;
  @Column({ type: 'int', default: 0 }) refunded: number;
  @Column({ type: 'bigint', transformer: minorColumn }) unitPriceMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) discountMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) netMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) taxMinor: number;
  @Column({ type: 'bigint', transformer: minorColumn }) totalMinor: number;
  @Column({ type: 'jsonb' }) taxes: readonly TaxLine[];
  @Column({ type: 'jsonb' }) discounts: readonly unknown[];
  @Column({ type: 'bigint', transformer: minorColumn }) commissionMinor: number;
  /** Where it stands in the order. */
  @Column({ type: 'int' }) position: number;
}

/** Something that happened to an order: who, why, from where to where. */
@Entity({ name: 'order_event' })
export class OrderEventRow extends TenantRow {
  @Column({ type: 'text' }) orderId: string;
  @Column({ type: 'text', nullable: true }) vendorOrderId: string | null;
  /** PLACED, or the name of a move. */
  @Column({ type: 'text' }) kind: string;
  @Column({ type: 'text' }) actor: string;
  /** As whom they did it; null where that was not kept. */
  @Column({ type: 'text', nullable: true }) doneBy: Mover | null;
  @Column({ type: 'text', nullable: true }) reason: string | null;
  @Column({ type: 'text', nullable: true }) stateBefore: string | null;
  @Column({ type: 'text', nullable: true }) stateAfter: string | null;
  @Column({ type: 'timestamptz' }) happenedAt: Date;
  /** In which order they happened; given by the database. */
  @Column({ type: 'bigint', insert: false, update: false }) seq: string;
}
