import { listLoader, loader, mapBy, type Loader } from '@haat/kit/loader';
import type { PaymentsContext } from './context.js';
import { DisputeRow } from './dispute/dispute.row.js';
import { AttemptRow, PaymentEventRow, PaymentRow, ShareRow } from './payment/payment.row.js';
import { RefundRow } from './refund/refund.row.js';
import { SavedMethodRow } from './saved-method/saved-method.row.js';

/** The loaders of one request. */
export interface PaymentsLoaders {
  readonly paymentById: Loader<string, PaymentRow | null>;
  readonly paymentByOrder: Loader<string, PaymentRow | null>;
  readonly shareById: Loader<string, ShareRow | null>;
  readonly sharesByPayment: Loader<string, readonly ShareRow[]>;
  readonly attemptsByPayment: Loader<string, readonly AttemptRow[]>;
  readonly eventsByPayment: Loader<string, readonly PaymentEventRow[]>;
  readonly refundsByPayment: Loader<string, readonly RefundRow[]>;
  readonly disputesByPayment: Loader<string, readonly DisputeRow[]>;
  readonly methodsByUser: Loader<string, readonly SavedMethodRow[]>;
}

/** Makes them: each looks many up with one statement. */
export function paymentsLoaders({ db }: PaymentsContext): PaymentsLoaders {
  return {
    paymentById: loader<string, PaymentRow>(async (ids) => mapBy(await db.createQueryBuilder(PaymentRow, 'p').where('p.id = any(:ids)', { ids }).getMany(), ({ id }) => id)),
    paymentByOrder: loader<string, PaymentRow>(async (ids) => mapBy(await db.createQueryBuilder(PaymentRow, 'p').where('p.orderId = any(:ids)', { ids }).getMany(), ({ orderId }) => orderId)),
    shareById: loader<string, ShareRow>(async (ids) => mapBy(await db.createQueryBuilder(ShareRow, 's').where('s.id = any(:ids)', { ids }).getMany(), ({ id }) => id)),
    sharesByPayment: listLoader<string, ShareRow>((ids) => db.createQueryBuilder(ShareRow, 's').where('s.paymentId = any(:ids)', { ids }).orderBy('s.position').getMany(), ({ paymentId }) => paymentId),
    attemptsByPayment: listLoader<string, AttemptRow>((ids) => db.createQueryBuilder(AttemptRow, 'a').where('a.paymentId = any(:ids)', { ids }).orderBy('a.number').getMany(), ({ paymentId }) => paymentId),
    eventsByPayment: listLoader<string, PaymentEventRow>((ids) => db.createQueryBuilder(PaymentEventRow, 'e').where('e.paymentId = any(:ids)', { ids }).orderBy('e.seq').getMany(), ({ paymentId }) => paymentId),
    refundsByPayment: listLoader<string, RefundRow>((ids) => db.createQueryBuilder(RefundRow, 'r').where('r.paymentId = any(:ids)', { ids }).orderBy('r.createdAt').addOrderBy('r.id').getMany(), ({ paymentId }) => paymentId),
    disputesByPayment: listLoader<string, DisputeRow>((ids) => db.createQueryBuilder(DisputeRow, 'd').where('d.paymentId = any(:ids)', { ids }).orderBy('d.id').getMany(), ({ paymentId }) => paymentId),
    methodsByUser: listLoader<string, SavedMethodRow>((ids) => db.createQueryBuilder(SavedMethodRow, 'm').where('m.userId = any(:ids) and m.removedAt is null', { ids }).orderBy('m.id').getMany(), ({ userId }) => userId),
  };
}
