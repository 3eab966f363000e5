import { registerEnumType } from 'type-graphql';
import { newsDescriptions } from '../template/template-kind.js';

/** What a notification tells. Each has a template of the same name. */
export enum NotificationKind {
  ORDER_PLACED = 'ORDER_PLACED',
  ORDER_PAID = 'ORDER_PAID',
  ORDER_ACCEPTED = 'ORDER_ACCEPTED',
  ORDER_SHIPPED = 'ORDER_SHIPPED',
  ORDER_DELIVERED = 'ORDER_DELIVERED',
  ORDER_CANCELLED = 'ORDER_CANCELLED',
  ORDER_REFUNDED = 'ORDER_REFUNDED',
  SALE_CONFIRMED = 'SALE_CONFIRMED',
  SALE_DELIVERED = 'SALE_DELIVERED',
  SALE_CANCELLED = 'SALE_CANCELLED',
  SALE_REFUNDED = 'SALE_REFUNDED',
  VENDOR_APPROVED = 'VENDOR_APPROVED',
  VENDOR_SUSPENDED = 'VENDOR_SUSPENDED',
}

registerEnumType(NotificationKind, { name: 'NotificationKind', description: 'What a notification tells its reader about.', valuesConfig: newsDescriptions });

/** To whom a kind of news goes, and on which ways unless they say otherwise. */
export interface NoticeRules {
  /** A merchant needs this right at the vendor; the buyer of the order where it is absent. */
  readonly grant?: 'orders.manage' | 'settings.manage';
  readonly byEmail: boolean;
  /** Cannot be turned off: a buyer has a right to a confirmation that they can keep (Directive 2011/83/EU, article 8 (7)). */
  readonly isEmailRequired?: true;
}

const toBuyer: NoticeRules = { byEmail: true };
const toMerchants: NoticeRules = { grant: 'orders.manage', byEmail: true };
const toOwners: NoticeRules = { grant: 'settings.manage', byEmail: true };

/** The rules of each kind. */
export const noticeRules: Readonly<Record<NotificationKind, NoticeRules>> = {
  ORDER_PLACED: { ...toBuyer, isEmailRequired: true },
  ORDER_PAID: toBuyer,
  ORDER_ACCEPTED: toBuyer,
  ORDER_SHIPPED: toBuyer,
  ORDER_DELIVERED: toBuyer,
  ORDER_CANCELLED: toBuyer,
  ORDER_REFUNDED: toBuyer,
  SALE_CONFIRMED: toMerchants,
  SALE_DELIVERED: { ...toMerchants, byEmail: false },
  SALE_CANCELLED: toMerchants,
  SALE_REFUNDED: { ...toMerchants, byEmail: false },
  VENDOR_APPROVED: toOwners,
  VENDOR_SUSPENDED: toOwners,
};
