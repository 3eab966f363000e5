import { disputeOpened, paymentActionRequired, paymentAuthorized, paymentCaptured, paymentExpired, paymentFailed, paymentOpened, refundFailed, refundSucceeded } from '@haat/schema/events/payments';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { onTenantChanged, onTenantOpened } from './account/tenant-slug.js';
import { findCarts } from './cart/list-payment-options.js';
import { Cart } from './cart/payment-option.type.js';
import { paymentsConfig } from './config.js';
import { DisputeRow } from './dispute/dispute.row.js';
import { paymentsLoaders } from './loaders.js';
import { paymentsTables } from './migrations/0001-payments.js';
import { replacedRefunds } from './migrations/0002-replaced-refunds.js';
import { advancePayments } from './payment/advance-payments.js';
import { answerCheck } from './payment/answer-check.js';
import { answerOpen } from './payment/answer-open.js';
import { expirePayments } from './payment/expire-payments.js';
import { onCodCollected, onOrderConfirmed, onOrderExpired, onOrderPlaced } from './payment/on-orders.js';
import { onEmailVerified, onUserErased } from './payment/on-people.js';
import { CartPaymentResolver, OrderPaymentResolver, PaymentResolver, UserPaymentResolver, VendorOrderPaymentResolver } from './payment/payment.resolver.js';
import { AttemptRow, LineRow, PaymentEventRow, PaymentRow, ShareRow } from './payment/payment.row.js';
import { Order, User, VendorOrder } from './payment/payment.type.js';
import { findOrders, findPayments, findUsers, findVendorOrders } from './payment/seen-payment.js';
import { onOrderRefundDue, onVendorOrderCancelled } from './refund/on-orders.js';
import { RefundRow } from './refund/refund.row.js';
import { ProviderCustomerRow, SavedMethodRow } from './saved-method/saved-method.row.js';
import { PaymentSettingsRow } from './settings/payment-settings.js';
import { pruneCallbacks } from './stripe/prune-callbacks.js';
import { stripeWebhook } from './stripe/webhook.js';

/** How orders are paid, and how money goes back. */
export const payments = defineSubgraph({
  name: 'payments',
  config: paymentsConfig,
  store: postgres({
    rows: [PaymentRow, ShareRow, LineRow, AttemptRow, PaymentEventRow, RefundRow, DisputeRow, SavedMethodRow, ProviderCustomerRow, PaymentSettingsRow], migrations: [paymentsTables, replacedRefunds],
  }),
  resolvers: [PaymentResolver, OrderPaymentResolver, VendorOrderPaymentResolver, CartPaymentResolver, UserPaymentResolver],
  types: [Order, VendorOrder, Cart, User],
  references: { Payment: findPayments, Order: findOrders, VendorOrder: findVendorOrders, Cart: findCarts, User: findUsers },
  loaders: paymentsLoaders,
  says: [paymentOpened, paymentActionRequired, paymentAuthorized, paymentCaptured, paymentFailed, paymentExpired, refundSucceeded, refundFailed, disputeOpened],
  answers: [answerOpen, answerCheck],
  consumers: [onTenantOpened, onTenantChanged, onOrderPlaced, onOrderConfirmed, onOrderExpired, onVendorOrderCancelled, onOrderRefundDue, onCodCollected, onEmailVerified, onUserErased],
  jobs: [advancePayments, expirePayments, pruneCallbacks],
  routes: [stripeWebhook],
});
