import { Allow } from '@haat/kit/access';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { OrdersContext } from '../context.js';
import { Order, VendorOrder } from '../order/order.type.js';
import { DocumentLink } from './document-link.js';

/** The invoices of an order. */
@Resolver(() => Order)
export class InvoicesResolver {
  @FieldResolver(() => [DocumentLink], { description: 'The invoices of its vendors that are made already, as PDF.' })
  async invoices(@Root() { id }: Order, @Ctx() ctx: OrdersContext): Promise<DocumentLink[]> {
    return (await ctx.loaders.documentsByOrder.load(id)).filter(({ kind }) => kind === 'INVOICE').map((row) => DocumentLink.of(ctx, row));
  }
}

/** What goes into the parcels of a vendor's part. */
@Resolver(() => VendorOrder)
export class PackingSlipResolver {
  @Allow('OPERATOR', 'SYSTEM', { vendor: 'row.vendorId', grant: 'orders.manage' }, { roles: ['TOKEN'], grant: 'orders.manage' })
  @FieldResolver(() => DocumentLink, { nullable: true, description: 'What goes into the parcels, as PDF; null until the part is accepted and the slip made.' })
  async packingSlip(@Root() { id, row }: VendorOrder, @Ctx() ctx: OrdersContext): Promise<DocumentLink | null> {
    const slip = (await ctx.loaders.documentsByOrder.load(row.orderId)).find(({ kind, vendorOrderId }) => kind === 'PACKING_SLIP' && vendorOrderId === id);
    return slip ? DocumentLink.of(ctx, slip) : null;
  }

  @Allow('OPERATOR', 'SYSTEM', { vendor: 'row.vendorId', grant: 'orders.manage' }, { roles: ['TOKEN'], grant: 'orders.manage' })
  @FieldResolver(() => DocumentLink, { nullable: true, description: 'What the vendor charges for the part, as PDF; null until it is made.' })
  async invoice(@Root() { id, row }: VendorOrder, @Ctx() ctx: OrdersContext): Promise<DocumentLink | null> {
    const invoice = (await ctx.loaders.documentsByOrder.load(row.orderId)).find(({ kind, vendorOrderId }) => kind === 'INVOICE' && vendorOrderId === id);
    return invoice ? DocumentLink.of(ctx, invoice) : null;
  }
}
