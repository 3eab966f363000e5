import { tenantOpened } from '@haat/schema/events/tenants';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { resultOf } from '@haat/kit/result';
import { CurrencyCode, Locale } from '@haat/kit/scalars';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { TenantsTx } from '../context.js';
import { firstPlan, planTerms } from '../plan/plans.js';
import { stateOf } from './tenant-state.js';
import { Tenant, TenantStatus } from './tenant.js';

/** What a new marketplace needs. */
@InputType({ description: 'What a new marketplace begins with.' })
export class OpenTenantInput {
  @Field(() => String, { description: 'Short name in addresses: 3 to 40 of a-z, 0-9 and hyphen; final.' })
  slug: string;

  @Field(() => String, { description: 'What people call the marketplace, 1 to 120 characters.' })
  name: string;

  @Field(() => CurrencyCode, { description: 'Currency of all its carts and orders; final.' })
  currency: string;

  @Field(() => Locale, { description: 'Its default language, BCP 47, such as bn or en-GB.' })
  locale: string;

  @Field(() => [Locale], { nullable: true, description: 'Further languages it speaks, at most 20.' })
  otherLocales?: string[] | null;

  @Field(() => String, { nullable: true, description: 'IANA time zone in which its days begin; UTC when left out.' })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: 'Key of the plan to begin with; the smallest when left out.' })
  planKey?: string | null;

  @Field(() => String, { description: 'E-mail address of the first operator, who is sent an invitation.' })
  ownerEmail: string;

  @Field(() => ID, { nullable: true, description: 'Makes repeating safe, 1 to 255 characters; the Idempotency-Key header serves as well.' })
  idempotencyKey?: string | null;
}

/** The new tenant, or the slug was taken. */
export const OpenTenantResult = resultOf('OpenTenantResult', 'The marketplace that was opened, or why it was not.', [Tenant, SlugTaken]);

const rules = z.object({
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/, 'expected 3 to 40 of a-z, 0-9 and hyphen, beginning with a letter'),
  name: z.string().trim().min(1).max(120),
  currency: z.string(),
  locale: z.string(),
  otherLocales: z.array(z.string()).max(20).nullish(),
  timeZone: z.string().refine(isTimeZone, 'expected an IANA time zone such as Asia/Dhaka').nullish(),
  planKey: z.string().refine((key) => planTerms(key) !== undefined, 'no such plan').nullish(),
  ownerEmail: z.email().max(254),
});

/**
 * Opens a marketplace, in the platform's transaction but inside the new tenant's walls. Identity hears of it and invites
 * the first operator; the address travels sealed.
 */
export async function openTenant(tx: TenantsTx, input: OpenTenantInput): Promise<Tenant | SlugTaken> {
  const wish = parsed(rules, input);
  const id = newId('ten', tx.clock.now());
  return tx.inTenant(id, async (inner) => {
    const tenant = await insertTenant(inner, id, wish);
    if (!tenant) return SlugTaken.of(wish.slug);
    const sealedOwnerEmail = await tx.seal('identity', { tenantId: id, purpose: tenantOpened.key }, wish.ownerEmail);
    await inner.emit(tenantOpened, { aggregate: { id, version: tenant.version }, payload: { ...(await stateOf(inner, tenant)), sealedOwnerEmail } });
    return tenant;
  });
}

/** Nothing when the slug is taken: a failed insert would end the whole transaction. */
async function insertTenant(tx: TenantsTx, id: string, wish: z.infer<typeof rules>): Promise<Tenant | undefined> {
  const locales = [...new Set([wish.locale, ...(wish.otherLocales ?? [])])];
  const result = await tx.db.createQueryBuilder().insert().into(Tenant).values({
    tenantId: id, id, version: 1, slug: wish.slug, name: wish.name, status: TenantStatus.OPEN, currency: wish.currency, locales,
    timeZone: wish.timeZone ?? 'UTC', planKey: wish.planKey ?? firstPlan,
  }).orIgnore().execute();
  return result.raw.length > 0 ? tx.db.findOneByOrFail(Tenant, { id }) : undefined;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
