import type { EntityTarget } from 'typeorm';
import { stripeOf } from '../account/account-of.js';
import { tenantSlug } from '../account/tenant-slug.js';
import type { PaymentsContext } from '../context.js';
import { later, pauseSeconds, claimSeconds } from '../payment/try-again.js';
import { type PaymentProvider, ProviderAway, ProviderRefused } from '../provider/payment-provider.js';
import { ProviderCustomerRow, SavedMethodRow } from './saved-method.row.js';

/** Has the provider forget a method that was removed here. */
export function forgetMethod(ctx: PaymentsContext, id: string): Promise<void> {
  return forget(ctx, { of: SavedMethodRow, id, work: (provider, reference) => provider.forgetMethod(reference) }, async (row) => {
    await ctx.transaction((tx) => tx.db.save(Object.assign(row, { dueAt: null })));
  });
}

/** Has the provider forget a person who was erased here. */
export function forgetCustomer(ctx: PaymentsContext, id: string): Promise<void> {
  return forget(ctx, { of: ProviderCustomerRow, id, work: (provider, reference) => provider.forgetCustomer(reference) }, async (row) => {
    await ctx.transaction((tx) => tx.db.remove(row));
  });
}

interface Forgetting<R> {
  readonly of: EntityTarget<R>;
  readonly id: string;
  readonly work: (provider: PaymentProvider, reference: string) => Promise<void>;
}

async function forget<R extends SavedMethodRow | ProviderCustomerRow>(ctx: PaymentsContext, { of, id, work }: Forgetting<R>, done: (row: R) => Promise<void>): Promise<void> {
  const row = await ctx.transaction(async (tx) => {
    const found = await tx.db.createQueryBuilder(of, 'r').where('r.id = :id and r.dueAt is not null', { id }).setLock('pessimistic_write').getOne();
    return found && tx.db.save(Object.assign(found, { dueAt: later(tx.clock.now(), claimSeconds), tries: found.tries + 1 }));
  });
  if (!row) return;
  const provider = stripeOf(ctx, row.tenantSlug ?? (await tenantSlug(ctx)));
  try {
    if (!provider) throw new ProviderAway('There is no account at Stripe.');
    await work(provider, row.reference);
    await done(row);
  } catch (error) {
    if (!(error instanceof ProviderRefused) && !(error instanceof ProviderAway)) throw error;
    ctx.log.warn({ err: error, id }, 'The provider could not be told to forget.');
    await ctx.transaction((tx) => tx.db.save(Object.assign(row, { dueAt: later(tx.clock.now(), pauseSeconds(row.tries)) })));
  }
}
