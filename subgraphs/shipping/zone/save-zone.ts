import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { forbidden, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { CountryCode } from '@haat/kit/scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { ShippingTx } from '../context.js';
import { maySet } from '../may.js';
import { ZoneRow } from './zone.row.js';
import { ShippingZone } from './zone.type.js';

/** Zones of one vendor or of the marketplace itself, and areas of one zone. */
const [zonesMax, areasMax] = [200, 200];

/** A part of the world, as staff name it. */
@InputType({ description: 'A part of the world; what is left out may be anything.' })
export class ShippingAreaInput {
  @Field(() => CountryCode, { description: 'The country that the area lies in.' }) country: string;
  @Field(() => String, { nullable: true, description: 'The state, division, province or county.' }) region?: string | null;
  @Field(() => String, { nullable: true, description: 'The city, town or post town.' }) city?: string | null;
  @Field(() => String, { nullable: true, description: 'The part of a city, upazila or thana.' }) district?: string | null;
  @Field(() => String, { nullable: true, description: 'How the postal codes of it begin.' }) postalPrefix?: string | null;
}

/** A zone as it shall be. */
@InputType({ description: 'A zone as it shall be: a new one, or another text of one that is there.' })
export class SaveShippingZoneInput {
  @Field(() => ID, { nullable: true, description: 'The zone that shall be different; left out for a new one.' }) zoneId?: string | null;
  @Field(() => ID, { nullable: true, description: 'The vendor of a new zone; left out by operators for one that counts for all vendors.' }) vendorId?: string | null;
  @Field(() => String, { description: 'What staff call it, 1 to 120 characters.' }) name: string;
  @Field(() => [ShippingAreaInput], { description: 'Where it is, 1 to 200 areas. The zone that describes a place most closely counts there.' }) areas: ShippingAreaInput[];
  @Field(() => Boolean, { nullable: true, description: 'Whether it counts; true when left out.' }) isActive?: boolean | null;
}

/** No room for another. */
@ObjectType({ implements: Problem, description: 'There are as many zones, or ways of delivery in a zone, as there may be.' })
export class TooManyShippingRules extends Problem {
  @Field(() => Int, { description: 'How many of them there may be.' }) max: number;

  static of(what: string, max: number): TooManyShippingRules {
    return Object.assign(new TooManyShippingRules(), { message: `There are ${max} ${what} already.`, max });
  }
}

/** The zone, or why not. */
export const SaveShippingZoneResult = resultOf('SaveShippingZoneResult', 'The zone as it is now, or why it is not.', [ShippingZone, TooManyShippingRules]);

const part = lineOf(120).nullish().transform((text) => text ?? null);
const rules = z.object({
  zoneId: idText.nullish(), vendorId: idText.nullish().transform((id) => id ?? null), name: lineOf(120), isActive: z.boolean().nullish().transform((is) => is ?? true),
  areas: z.array(z.object({ country: z.string(), region: part, city: part, district: part, postalPrefix: lineOf(12).nullish().transform((text) => text ?? null) })).min(1, 'expected at least one area').max(areasMax),
});

/** Makes a zone, or gives one another text. Its owner stays. */
export async function saveZone(tx: ShippingTx, input: SaveShippingZoneInput): Promise<ShippingZone | TooManyShippingRules> {
  const { zoneId, vendorId, ...facts } = parsed(rules, input);
  if (zoneId) {
    const zone = await ownZone(tx, zoneId);
    return ShippingZone.of(await tx.db.save(Object.assign(zone, facts, { version: zone.version + 1 })));
  }
  if (!maySet(tx.viewer, vendorId)) throw forbidden();
  await tx.db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.id}:zones:${vendorId ?? ''}`]);
  const [count]: { n: number }[] = await tx.db.query('select count(*)::int as n from shipping_zone where vendor_id is not distinct from $1', [vendorId]);
  if ((count?.n ?? 0) >= zonesMax) return TooManyShippingRules.of('zones', zonesMax);
  return ShippingZone.of(await tx.db.save(tx.db.create(ZoneRow, { tenantId: tx.tenant.id, id: newId('szn', tx.clock.now()), version: 1, vendorId, ...facts })));
}

/** A zone that the viewer may change, locked. Anybody else's does not exist. */
export async function ownZone(tx: ShippingTx, id: string): Promise<ZoneRow> {
  const zone = await tx.db.findOne(ZoneRow, { where: { tenantId: tx.tenant.id, id }, lock: { mode: 'pessimistic_write' } });
  if (!zone || !maySet(tx.viewer, zone.vendorId)) throw notFound('zone');
  return zone;
}
