import type { PaymentFact } from '@haat/payments/pure/payment-state';
import type { ParcelState } from '@haat/shipping/pure/parcel-state';
import type { VendorOrderState } from '@haat/orders/pure/vendor-order-state';
import { table } from '../engine/store.js';

/** Pieces of an offer in a cart. */
export interface CartLine { readonly lineId: string; readonly offerId: string; readonly vendorId: string; readonly quantity: number }

export interface CartRow { id: string; tenant: string; buyer: string; state: 'OPEN' | 'FROZEN' | 'ORDERED'; orderId: string | null; frozenUntilMs: number; readonly lines: readonly CartLine[]; readonly hasCoupon: boolean }
export const carts = table<CartRow>('cart');

/** How often a coupon may still be used, and by which orders it was. */
export interface CouponRow { left: number }
export interface RedemptionRow { state: 'TAKEN' | 'GIVEN_BACK'; isAgain: boolean }
export const coupons = table<CouponRow>('coupon');
export const redemptions = table<RedemptionRow>('redemption');

export interface LevelRow { offerId: string; warehouseId: string; onHand: number; allocated: number; reserved: number; priority: number }
export interface HeldLine { lineId: string; offerId: string; warehouseId: string; quantity: number; shipped: number; givenBack: number }
export interface ReservationRow { orderId: string; version: number; state: 'HELD' | 'COMMITTED' | 'RELEASED' | 'EXPIRED'; expiresAtMs: number; lines: HeldLine[] }
export const levels = table<LevelRow>('level');
export const reservations = table<ReservationRow>('reservation');

export interface CheckoutRow { id: string; tenant: string; cartId: string; actor: string; clientKey: string; input: string; state: 'OPEN' | 'UNDOING' | 'PLACED' | 'ENDED'; orderId: string; outcome: string | null; deadlineMs: number }
export const checkouts = table<CheckoutRow>('checkout');

export interface OrderLine { id: string; cartLineId: string; vendorOrderId: string; offerId: string; quantity: number; cancelled: number; shipped: number; delivered: number; refunded: number; totalMinor: number }
export interface Part { id: string; vendorId: string; version: number; status: VendorOrderState; totals: { totalMinor: number }; cancelledMinor: number; acceptsAtMs: number | null }
export interface Step { readonly part: string; readonly name: string; readonly before: string; readonly after: string }
export interface OrderRow {
  id: string; tenant: string; version: number; cartId: string; hasCoupon: boolean; totalMinor: number; paidMinor: number; paymentId: string | null; revivesAtMs: number | null; revivesWhy: 'PAID_LATE' | 'HOLD_LOST' | null;
  parts: Part[]; lines: OrderLine[]; steps: Step[];
}
export const orders = table<OrderRow>('order');
/** Parcels that orders let go. */
export const departures = table<{ vendorOrderId: string }>('departure');

export interface ShareRow { id: string; vendorId: string; amountMinor: number; cancelledMinor: number; capturedMinor: number; refundReservedMinor: number; refundedMinor: number }
export interface PaidLine { id: string; cartLineId: string; offerId: string; vendorOrderId: string; quantity: number; totalMinor: number; refundedQuantity: number; refundedMinor: number }
export interface AttemptRow { id: string; amountMinor: number; reference: string | null; status: string; wish: 'CANCEL' | null; tries: number; dueAtMs: number | null; capturedMinor: number; refundReservedMinor: number }
export interface RefundedShare { readonly vendorOrderId: string; readonly vendorId: string; readonly amountMinor: number }
export interface RefundRow { id: string; source: string; amountMinor: number; status: 'REQUESTED' | 'SUCCEEDED' | 'FAILED'; shares: readonly RefundedShare[]; lines: readonly { orderLineId: string; cartLineId: string; quantity: number; amountMinor: number; restock: boolean }[]; tries: number; dueAtMs: number | null; version: number }
export interface PaymentRow {
  id: string; orderId: string; tenant: string; version: number; status: string; amountMinor: number; authorizedMinor: number; capturedMinor: number; refundedMinor: number; refundReservedMinor: number; heldReason: string | null; windowEndsAtMs: number | null;
  shares: ShareRow[]; lines: PaidLine[]; facts: PaymentFact[]; attempt: AttemptRow; refunds: RefundRow[];
}
export const payments = table<PaymentRow>('payment');

export interface FactLine { orderLineId: string; cartLineId: string; offerId: string; quantity: number; cancelled: number; totalMinor: number }
export interface ParcelRow { id: string; version: number; status: ParcelState; lines: readonly { orderLineId: string; quantity: number }[]; amountToCollectMinor: number; shippedAtMs: number | null; heardAtMs: number; byKey: string; ways: ParcelState[] }
export interface PartFact { id: string; orderId: string; tenant: string; version: number; status: string; lines: FactLine[]; withdrawn: Record<string, number>; parcels: ParcelRow[] }
export const partFacts = table<PartFact>('part-fact');

/** An answer kept under a client's key. */
export interface KeyRow { readonly input: string; readonly answer: unknown }
export const keys = table<KeyRow>('idempotency-key');
