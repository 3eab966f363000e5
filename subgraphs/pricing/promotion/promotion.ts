import { connectionOf } from '@haat/kit/page';
import { minorColumn, Money } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import type { Condition } from '../engine/condition.js';
import type { Effect } from '../engine/effect.js';
import { PromotionCondition } from './promotion-condition.js';
import { PromotionEffect } from './promotion-effect.js';
import { PromotionClass, PromotionState } from './promotion-enums.js';

/** A rule that makes things cheaper, as the engine takes it, and what was spent of it. */
@ObjectType({ description: 'A rule that makes things cheaper: what must hold, and what is given then.' })
@Entity({ name: 'promotion' })
export class Promotion extends TenantRow {
  @Field(() => ID, { description: 'Names the promotion for good; begins with prm_.' }) override id!: string;
  @Field(() => String, { description: 'What buyers read beside the discount.' }) @Column({ type: 'text' }) name: string;
  @Field(() => PromotionClass, { description: 'What it is about, which decides when it counts.' }) @Column({ type: 'text' }) class: PromotionClass;
  @Field(() => Int, { description: 'The higher, the sooner it counts within its class.' }) @Column({ type: 'int' }) priority: number;
  @Field(() => ID, { nullable: true, description: 'The vendor whose goods alone it touches; all where null.' }) @Column({ type: 'text', nullable: true }) vendorId: string | null;
  @Column({ type: 'char', length: 3, nullable: true }) currency: string | null;
  @Field(() => DateTime, { nullable: true, name: 'from', description: 'From when on it counts; always where null.' }) @Column({ type: 'timestamptz', nullable: true }) startsAt: Date | null;
  @Field(() => DateTime, { nullable: true, name: 'until', description: 'Until when it counts; for ever where null.' }) @Column({ type: 'timestamptz', nullable: true }) endsAt: Date | null;
  @Field(() => [PromotionCondition], { description: 'What must hold, all of it.' }) @Column({ type: 'jsonb' }) conditions: Condition[];
  @Field(() => [PromotionEffect], { description: 'What is given, one after the other.' }) @Column({ type: 'jsonb' }) effects: Effect[];
  @Field(() => String, { nullable: true, description: 'Of promotions with one group only the best counts.' }) @Column({ type: 'text', nullable: true }) exclusiveGroup: string | null;
  @Field(() => [PromotionClass], { description: 'Classes it combines with on the same goods.' }) @Column({ type: 'text', array: true }) combinesWith: PromotionClass[];
  @Field(() => Boolean, { description: 'Whether nothing later touches what it touched.' }) @Column({ type: 'boolean' }) stopProcessing: boolean;
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn }) maxDiscountMinor: number | null;
  @Field(() => Int, { description: "The platform's part of the discount, in parts per million; the vendor bears the rest." }) @Column({ type: 'int' }) platformPpm: number;
  @Field(() => Boolean, { description: 'Whether it counts only with one of its coupons.' }) @Column({ type: 'boolean' }) needsCoupon: boolean;
  @Column({ type: 'bigint', nullable: true, transformer: minorColumn }) budgetMinor: number | null;
  @Column({ type: 'bigint', transformer: minorColumn }) spentMinor: number;
  @Field(() => PromotionState, { description: 'Whether it counts now.' }) @Column({ type: 'text' }) state: PromotionState;
  @Column({ type: 'timestamptz', nullable: true }) dueAt: Date | null;

  @Field(() => Money, { nullable: true, description: 'The most it takes off one cart; any amount where null.' })
  get maxDiscount(): Money | null {
    return this.#money(this.maxDiscountMinor);
  }

  @Field(() => Money, { nullable: true, description: 'The most it may take off in all; any amount where null.' })
  get budget(): Money | null {
    return this.#money(this.budgetMinor);
  }

  @Field(() => Money, { nullable: true, description: 'What orders took of its budget; null where it has none.' })
  get spent(): Money | null {
    return this.#money(this.budgetMinor === null ? null : this.spentMinor);
  }

  #money(minor: number | null): Money | null {
    return minor === null || this.currency === null ? null : Money.of(minor, this.currency);
  }
}

/** A page of promotions. */
export const { Connection: PromotionConnection } = connectionOf(Promotion, { name: 'Promotion', description: 'Promotions, the one made last in front.', totalCount: true });
