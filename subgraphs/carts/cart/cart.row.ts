import type { ContactFacts, PostalAddress } from '@haat/schema/parts';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** What becomes of a cart: goods go into an open one; a frozen one is being ordered. */
export type CartState = 'OPEN' | 'FROZEN' | 'ORDERED' | 'MERGED' | 'EXPIRED';

/** A line as it is kept. */
export interface CartLineRow {
  readonly id: string;
  readonly offerId: string;
  readonly vendorId: string;
  readonly quantity: number;
  /** RFC 3339. */
  readonly addedAt: string;
}

/** What is chosen for the goods of one vendor. */
export interface CartGroupRow {
  readonly id: string;
  readonly vendorId: string;
  readonly shippingMethodId: string | null;
}

/** The row of a cart: one for each, so that a change of it is one statement. The type has its groups as objects of their own. */
@Entity({ name: 'cart' })
export class CartRow extends TenantRow {
  @Column({ type: 'text', nullable: true }) userId: string | null;
  @Column({ type: 'text', nullable: true }) guestKey: string | null;
  @Column({ type: 'text' }) state: CartState;
  @Column({ type: 'text' }) currency: string;
  @Column({ type: 'text' }) locale: string;
  @Column({ type: 'jsonb' }) lines: readonly CartLineRow[];
  @Column({ type: 'jsonb' }) groups: readonly CartGroupRow[];
  /** Of `groups`, for the index. */
  @Column({ type: 'text', array: true }) groupIds: readonly string[];
  @Column({ type: 'text', array: true }) couponCodes: readonly string[];
  @Column({ type: 'jsonb', nullable: true }) contact: ContactFacts | null;
  @Column({ type: 'jsonb', nullable: true }) shippingAddress: PostalAddress | null;
  /** Null where it is the shipping address. */
  @Column({ type: 'jsonb', nullable: true }) billingAddress: PostalAddress | null;
  @Column({ type: 'text', nullable: true }) note: string | null;
  @Column({ type: 'jsonb' }) storedMetadata: readonly { readonly key: string; readonly value: string; readonly isPrivate: boolean }[];
  /** The order that froze or made it last. */
  @Column({ type: 'text', nullable: true }) orderId: string | null;
  @Column({ type: 'timestamptz', nullable: true }) frozenUntil: Date | null;
  @Column({ type: 'timestamptz' }) touchedAt: Date;
  @Column({ type: 'timestamptz' }) expiresAt: Date;
  /** When it counts as left alone; null where it cannot be, or was said to be. */
  @Column({ type: 'timestamptz', nullable: true }) abandonsAt: Date | null;
}
