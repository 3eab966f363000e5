import type { Representation } from '@haat/kit/define';
import { holdsGrant, type Viewer } from '@haat/kit/identity';
import type { PaymentsContext } from '../context.js';
import { PaymentRow, ShareRow } from './payment.row.js';
import { Order, Payment, User, VendorOrder } from './payment.type.js';

/** Whether this viewer pays it: by account, by the cart's secret, or by the order's signed link. */
export function isBuyer({ userId, guestKey, orderId }: Viewer, row: Pick<PaymentRow, 'userId' | 'guestKey' | 'orderId'>): boolean {
  return (row.userId !== null && row.userId === userId) || (row.guestKey !== null && row.guestKey === guestKey) || row.orderId === orderId;
}

/** Whether somebody runs the marketplace, or is a part of it. */
export function isStaff({ kind, roles }: Viewer): boolean {
  return kind === 'SYSTEM' || roles.includes('OPERATOR');
}

/** Payments as the viewer may see them: whole to buyers and operators, to a vendor's people their own shares, to all others none. */
export async function seenPayments(ctx: PaymentsContext, rows: readonly (PaymentRow | null | Error)[]): Promise<(Payment | null)[]> {
  return Promise.all(rows.map(async (row) => {
    if (!(row instanceof PaymentRow)) return null;
    if (isBuyer(ctx.viewer, row) || isStaff(ctx.viewer)) return Payment.of(row, null);
    const own = ctx.viewer.vendors.length === 0 && ctx.viewer.kind !== 'TOKEN' ? [] : (await ctx.loaders.sharesByPayment.load(row.id)).filter((share) => worksFor(ctx.viewer, share.vendorId));
    return own.length > 0 ? Payment.of(row, own) : null;
  }));
}

/** The part of a payment that is for one vendor order, to whoever may see the payment or that part. */
export async function seenShare(ctx: PaymentsContext, share: ShareRow | null): Promise<Payment | null> {
  const row = share && (await ctx.loaders.paymentById.load(share.paymentId));
  if (!share || !row) return null;
  return worksFor(ctx.viewer, share.vendorId) || isBuyer(ctx.viewer, row) || isStaff(ctx.viewer) ? Payment.of(row, [share]) : null;
}

/** Payments by their keys. */
export async function findPayments(ctx: PaymentsContext, keys: readonly Representation[]): Promise<(Payment | null)[]> {
  return seenPayments(ctx, await ctx.loaders.paymentById.loadMany(keys.map(({ id }) => id)));
}

/** Others' orders, as far as the viewer may see what was paid for them. */
export async function findOrders(ctx: PaymentsContext, keys: readonly Representation[]): Promise<(Order | null)[]> {
  const payments = await seenPayments(ctx, await ctx.loaders.paymentByOrder.loadMany(keys.map(({ id }) => id)));
  return keys.map(({ id }, at) => (payments[at] ? Object.assign(new Order(), { id, seen: payments[at] }) : null));
}

/** Others' vendor orders, the same way. */
export async function findVendorOrders(ctx: PaymentsContext, keys: readonly Representation[]): Promise<(VendorOrder | null)[]> {
  const shares = await ctx.loaders.shareById.loadMany(keys.map(({ id }) => id));
  return Promise.all(keys.map(async ({ id }, at) => {
    const share = shares[at];
    const seen = await seenShare(ctx, share instanceof ShareRow ? share : null);
    return seen && Object.assign(new VendorOrder(), { id, seen });
  }));
}

/** The viewer, where it is them who is asked for and something of them is known here: nobody sees anybody else's cards. */
export async function findUsers(ctx: PaymentsContext, keys: readonly Representation[]): Promise<(User | null)[]> {
  const own = ctx.viewer.userId !== undefined && keys.some(({ id }) => id === ctx.viewer.userId) ? ctx.viewer.userId : null;
  const known: unknown[] = own === null ? [] : await ctx.db.query('select 1 from saved_method where user_id = $1 union all select 1 from payment where user_id = $1 union all select 1 from provider_customer where id = $1 limit 1', [own]);
  return keys.map(({ id }) => (known.length > 0 && id === own ? Object.assign(new User(), { id }) : null));
}

/** A vendor's people, and programs: those of one vendor there, those of the whole marketplace everywhere. */
function worksFor(viewer: Viewer, vendorId: string): boolean {
  return (viewer.kind === 'TOKEN' || viewer.vendors.some(({ id }) => id === vendorId)) && holdsGrant(viewer, 'orders.manage', vendorId);
}
