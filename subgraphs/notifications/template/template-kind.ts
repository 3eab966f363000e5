import { registerEnumType } from 'type-graphql';

/** What a mail is for. */
export enum TemplateKind {
  VERIFY_EMAIL = 'VERIFY_EMAIL',
  RESET_PASSWORD = 'RESET_PASSWORD',
  INVITATION = 'INVITATION',
  VENDOR_INVITATION = 'VENDOR_INVITATION',
  SIGN_IN_CODE = 'SIGN_IN_CODE',
  ALREADY_REGISTERED = 'ALREADY_REGISTERED',
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

/** What each piece of news tells, in the words that clients read; the kinds of notices have the same ones. */
export const newsDescriptions = {
  ORDER_PLACED: { description: 'Tells a buyer that the order was written down.' },
  ORDER_PAID: { description: 'Tells a buyer that money of theirs arrived.' },
  ORDER_ACCEPTED: { description: 'Tells a buyer that a vendor accepted its part.' },
  ORDER_SHIPPED: { description: 'Tells a buyer that a parcel left, and where to follow it.' },
  ORDER_DELIVERED: { description: 'Tells a buyer that a parcel was handed over.' },
  ORDER_CANCELLED: { description: 'Tells a buyer which part of an order is cancelled.' },
  ORDER_REFUNDED: { description: 'Tells a buyer that money went back to them.' },
  SALE_CONFIRMED: { description: 'Tells a merchant of a new order to be accepted and sent.' },
  SALE_DELIVERED: { description: 'Tells a merchant that a parcel of theirs arrived.' },
  SALE_CANCELLED: { description: 'Tells a merchant not to send what was cancelled.' },
  SALE_REFUNDED: { description: 'Tells a merchant that a buyer got money back.' },
  VENDOR_APPROVED: { description: 'Tells a merchant that their vendor may sell now.' },
  VENDOR_SUSPENDED: { description: 'Tells a merchant that their vendor may not sell for now.' },
} as const;

registerEnumType(TemplateKind, {
  name: 'TemplateKind',
  description: 'What a mail is for, and so what it has to say.',
  valuesConfig: {
    VERIFY_EMAIL: { description: 'Proves that an address belongs to who registered with it.' },
    RESET_PASSWORD: { description: 'Lets somebody choose a new password.' },
    INVITATION: { description: 'Asks somebody to join the marketplace and choose a password.' },
    VENDOR_INVITATION: { description: 'Asks somebody to work for a vendor of the marketplace.' },
    SIGN_IN_CODE: { description: 'Brings the six digits of a sign-in without password.' },
    ALREADY_REGISTERED: { description: 'Tells that somebody tried to register an address again.' },
    ...newsDescriptions,
  },
});

/** What a template may name in double braces; filled in when a mail is made. */
export const placeholders = ['name', 'marketplace', 'vendor', 'order', 'amount', 'link', 'tracking', 'code', 'expiresAt'] as const;

/** One of them. */
export type Placeholder = (typeof placeholders)[number];

/** What is filled in; a text that is empty leaves no gap. */
export type TemplateValues = Readonly<Partial<Record<Placeholder, string>>>;

/** What the text of each kind may name, and what it must. */
export interface KindRules {
  readonly allowed: readonly Placeholder[];
  readonly required: readonly Placeholder[];
  /** The page of the storefront that the link leads to; without one, what is to be said brings the link along, or there is none. */
  readonly page?: string;
  /** Whether there is a secret in it, which the event brings. */
  readonly hasSecret: boolean;
}

const byLink = { allowed: ['name', 'marketplace', 'link', 'expiresAt'], required: ['link'], hasSecret: true } as const;
const ofOrder = { allowed: ['name', 'marketplace', 'order', 'amount', 'link'], required: [], hasSecret: false } as const;
const ofPart = { ...ofOrder, allowed: [...ofOrder.allowed, 'vendor'] } as const;
const ofVendor = { allowed: ['name', 'marketplace', 'vendor'], required: [], hasSecret: false } as const;

/** The rules of each kind. */
export const kindRules: Readonly<Record<TemplateKind, KindRules>> = {
  VERIFY_EMAIL: { ...byLink, page: 'verify-email' },
  RESET_PASSWORD: { ...byLink, page: 'reset-password' },
  INVITATION: { ...byLink, page: 'accept-invitation' },
  VENDOR_INVITATION: { ...byLink, allowed: [...byLink.allowed, 'vendor'], page: 'join-vendor' },
  SIGN_IN_CODE: { allowed: ['name', 'marketplace', 'code', 'expiresAt'], required: ['code'], hasSecret: true },
  ALREADY_REGISTERED: { allowed: ['name', 'marketplace', 'link'], required: [], page: 'sign-in', hasSecret: false },
  ORDER_PLACED: ofOrder,
  ORDER_PAID: ofOrder,
  ORDER_ACCEPTED: ofPart,
  ORDER_SHIPPED: { ...ofPart, allowed: [...ofPart.allowed, 'tracking'] },
  ORDER_DELIVERED: ofPart,
  ORDER_CANCELLED: ofPart,
  ORDER_REFUNDED: ofOrder,
  SALE_CONFIRMED: ofPart,
  SALE_DELIVERED: ofPart,
  SALE_CANCELLED: ofPart,
  SALE_REFUNDED: ofPart,
  VENDOR_APPROVED: ofVendor,
  VENDOR_SUSPENDED: ofVendor,
};

/** A subject is seen by everybody who glances at a screen: no link, no code and no amount in it. */
export const subjectPlaceholders: readonly Placeholder[] = ['name', 'marketplace', 'vendor', 'order'];
