import { newId } from '@haat/kit/id';
import { nextNumber } from '../checkout/next-number.js';
import type { OrdersTx } from '../context.js';
import type { OrderChange } from '../order/order-change.js';
import type { VendorOrderRow } from '../order/order.row.js';
import { DocumentRow, type DocumentKind } from './document.row.js';
import { paperFacts } from './paper-facts.js';

/** When each paper is due: an invoice once the part is paid for or accepted to be paid at the door, a packing slip once its vendor accepted it. */
const dueBy: Readonly<Record<string, DocumentKind>> = { confirm: 'INVOICE', confirmLate: 'INVOICE', accept: 'PACKING_SLIP' };

/** Numbers the papers that a change asks for, and leaves them to the worker. Numbers of invoices are without gaps for each vendor: they are drawn in the commit that issues them. */
export async function issueDocuments(tx: OrdersTx, { moves, whole, linesOf }: Pick<OrderChange, 'moves' | 'whole'> & { linesOf: OrderChange['linesOf'] }): Promise<void> {
  for (const { part, name } of moves) {
    const kind = dueBy[name];
    if (kind === undefined || (await tx.db.existsBy(DocumentRow, { tenantId: tx.tenant.id, vendorOrderId: part.id, kind }))) continue;
    const facts = paperFacts({ order: whole.order, part, lines: linesOf(part) });
    await tx.db.insert(DocumentRow, {
      tenantId: tx.tenant.id, id: newId('doc', tx.clock.now()), version: 1, orderId: whole.order.id, vendorOrderId: part.id, kind, number: await numberOf(tx, part, kind), issuedAt: tx.clock.now(),
      facts: facts as never, state: 'REQUESTED', dueAt: tx.clock.now(),
    });
  }
}

async function numberOf(tx: OrdersTx, { number, vendorId }: VendorOrderRow, kind: DocumentKind): Promise<string> {
  return kind === 'INVOICE' ? `INV-${number.split('-').slice(0, -1).join('-')}-${await nextNumber(tx, `invoice ${vendorId}`, 1)}` : number;
}
