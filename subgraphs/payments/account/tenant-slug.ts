import { tenantChanged, tenantOpened } from '@haat/schema/events/tenants';
import { defineConsumer } from '@haat/kit/define';
import type { PaymentsReads, PaymentsTx } from '../context.js';

const remember = async (tx: PaymentsTx, { payload: { tenantId, slug } }: { readonly payload: { readonly tenantId: string; readonly slug: string } }): Promise<void> => {
  await tx.db.query('insert into tenant_fact (id, slug) values ($1, $2) on conflict (tenant_id, id) do update set slug = excluded.slug, updated_at = now()', [tenantId, slug]);
};

/** Keeps a marketplace's slug, by which its account is found where no request names it. */
export const onTenantOpened = defineConsumer('on-tenant-opened', tenantOpened, remember);
/** Keeps it when it changes. */
export const onTenantChanged = defineConsumer('on-tenant-changed', tenantChanged, remember);

/** The slug of the tenant that acts: of the request, or as it was heard last; null where neither says. */
export async function tenantSlug(ctx: PaymentsReads): Promise<string | null> {
  if (ctx.tenant.slug !== ctx.tenant.id) return ctx.tenant.slug;
  const [row]: { slug: string }[] = await ctx.db.query('select slug from tenant_fact where id = $1', [ctx.tenant.id]);
  return row?.slug ?? null;
}
