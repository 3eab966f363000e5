import { minorColumn } from '@haat/kit/money';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** What of a line a commission is taken of. */
export enum CommissionTakenOf { NET = 'NET', GROSS = 'GROSS' }

registerEnumType(CommissionTakenOf, {
  name: 'CommissionTakenOf',
  description: 'What of a line a commission is taken of.',
  valuesConfig: {
    NET: { description: 'The amount after discounts without its tax.' },
    GROSS: { description: 'The amount after discounts with its tax.' },
  },
});

/** One rule. Everything it names must hold; of several ids, one. */
@Entity({ name: 'commission_rule' })
export class CommissionRuleRow extends TenantRow {
  /** From 0; the first that matches wins. */
  @Column({ type: 'int' })
  position: number;

  @Column({ type: 'text' })
  name: string;

  /** Empty: any vendor. The same for the two below. */
  @Column({ type: 'text', array: true })
  vendorIds: string[];

  @Column({ type: 'text', array: true })
  categoryIds: string[];

  @Column({ type: 'text', array: true })
  productIds: string[];

  /** Of one piece, this and more. */
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn })
  priceFromMinor: number | null;

  /** Of one piece, less than this. */
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn })
  priceToMinor: number | null;

  /** Parts per million. */
  @Column({ type: 'int' })
  ratePpm: number;

  /** For each piece, on top of the rate. */
  @Column({ type: 'bigint', transformer: minorColumn })
  fixedMinor: number;

  /** Of a line, at least; never more than the line itself. */
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn })
  minMinor: number | null;

  /** Of a line, at most. */
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn })
  maxMinor: number | null;
}

/** What holds for every rule of a marketplace. Its id is the tenant's. */
@Entity({ name: 'commission_terms' })
export class CommissionTermsRow extends TenantRow {
  /** Tax on what the marketplace takes, in parts per million. */
  @Column({ type: 'int' })
  taxRatePpm: number;

  /** What is taken of a delivery, in parts per million. */
  @Column({ type: 'int' })
  shippingRatePpm: number;

  @Column({ type: 'text' })
  takenOf: CommissionTakenOf;
}
