import { Allow } from '@haat/kit/access';
import { Money } from '@haat/kit/money';
import { CountryCode } from '@haat/kit/scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { MethodRow, ZoneRow } from './zone.row.js';

/** A part of the world. */
@ObjectType({ description: 'A part of the world; what is null may be anything.' })
export class ShippingArea {
  @Field(() => CountryCode, { description: 'The country that the area lies in.' }) country: string;
  @Field(() => String, { nullable: true, description: 'The state, division, province or county.' }) region: string | null;
  @Field(() => String, { nullable: true, description: 'The city, town or post town.' }) city: string | null;
  @Field(() => String, { nullable: true, description: 'The part of a city, upazila or thana.' }) district: string | null;
  @Field(() => String, { nullable: true, description: 'How the postal codes of it begin.' }) postalPrefix: string | null;
}

/** What goods up to a weight cost. */
@ObjectType({ description: 'What the delivery of goods up to a weight costs.' })
export class ShippingBand {
  @Field(() => Int, { nullable: true, description: 'The heaviest that the price is for, in grams; null for any weight.' }) upToGrams: number | null;
  @Field(() => Money, { description: 'What the delivery costs, before anything is off.' }) price: Money;
}

/** How goods can be sent somewhere. */
@ObjectType({ description: 'A way of delivery in a zone: who carries, and what it costs.' })
export class ShippingMethod {
  @Field(() => ID, { description: 'Names the way; begins with smt_. A cart chooses it by this.' }) id: string;
  @Field(() => String, { description: 'What buyers read, such as Home delivery.' }) name: string;
  @Field(() => String, { description: 'Who carries: own for the vendor itself, or a carrier such as pathao.' }) carrier: string;
  @Field(() => Boolean, { description: 'Whether cash is taken at the door.' }) allowsCashOnDelivery: boolean;
  @Field(() => Int, { nullable: true, description: 'Days until it arrives at the earliest.' }) minDays: number | null;
  @Field(() => Int, { nullable: true, description: 'Days until it arrives at the latest; null where nobody promises.' }) maxDays: number | null;
  @Field(() => ID, { description: 'The zone in which it is offered.' }) zoneId: string;
  @Field(() => ID, { nullable: true, description: 'The vendor it belongs to; null where it is the marketplace\'s, for all vendors.' }) vendorId: string | null;
  @Field(() => Boolean, { description: 'Whether buyers can choose it now.' }) isActive: boolean;
  @Field(() => Int, { description: 'Lower comes first among the ways of a zone.' }) position: number;
  @Allow('OPERATOR', 'MERCHANT', 'TOKEN')
  @Field(() => [ShippingBand], { nullable: true, description: 'What it costs by weight, from light to heavy; for staff.' }) bands: ShippingBand[];
  @Allow('OPERATOR', 'MERCHANT', 'TOKEN')
  @Field(() => Money, { nullable: true, description: 'For each kilogram begun beyond the last band; null where nothing heavier is taken.' }) perExtraKilo: Money | null;
  @Allow('OPERATOR', 'MERCHANT', 'TOKEN')
  @Field(() => Money, { nullable: true, description: 'From which worth of goods on the delivery costs nothing.' }) freeFrom: Money | null;
  @Allow('OPERATOR', 'MERCHANT', 'TOKEN')
  @Field(() => Money, { nullable: true, description: 'The least worth of goods that it takes.' }) minSubtotal: Money | null;
  @Allow('OPERATOR', 'MERCHANT', 'TOKEN')
  @Field(() => Money, { nullable: true, description: 'The greatest worth of goods that it takes.' }) maxSubtotal: Money | null;
  @Allow('OPERATOR', 'MERCHANT', 'TOKEN')
  @Field(() => [String], { nullable: true, description: 'Goods of these shipping profiles only; empty for all.' }) shippingProfiles: readonly string[];

  static of(row: MethodRow, currency: string): ShippingMethod {
    const { id, name, carrier, allowsCashOnDelivery, minDays, maxDays, zoneId, vendorId, isActive, position, shippingProfiles } = row;
    const money = (minor: number | null): Money | null => (minor === null ? null : Money.of(minor, currency));
    return Object.assign(new ShippingMethod(), {
      id, name, carrier, allowsCashOnDelivery, minDays, maxDays, zoneId, vendorId, isActive, position, shippingProfiles,
      bands: row.bands.map(({ upToGrams, amountMinor }) => Object.assign(new ShippingBand(), { upToGrams, price: Money.of(amountMinor, currency) })),
      perExtraKilo: money(row.perExtraKiloMinor), freeFrom: money(row.freeFromMinor), minSubtotal: money(row.minSubtotalMinor), maxSubtotal: money(row.maxSubtotalMinor),
    });
  }
}

/** Where the same ways are offered. */
@ObjectType({ description: 'Areas in which the same ways of delivery are offered, by one vendor or by the marketplace for all.' })
export class ShippingZone {
  @Field(() => ID, { description: 'Names the zone; begins with szn_.' }) id: string;
  @Field(() => String, { description: 'What staff call it, such as Inside Dhaka.' }) name: string;
  @Field(() => ID, { nullable: true, description: 'The vendor it belongs to; null where it is the marketplace\'s, for all vendors.' }) vendorId: string | null;
  @Field(() => [ShippingArea], { description: 'Where it is: any of these areas.' }) areas: ShippingArea[];
  @Field(() => Boolean, { description: 'Whether it counts now.' }) isActive: boolean;

  static of({ id, name, vendorId, areas, isActive }: ZoneRow): ShippingZone {
    return Object.assign(new ShippingZone(), { id, name, vendorId, isActive, areas: areas.map((area) => Object.assign(new ShippingArea(), area)) });
  }
}
