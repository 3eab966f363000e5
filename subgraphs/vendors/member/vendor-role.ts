import { registerEnumType } from 'type-graphql';

/** What a member of a vendor does there. */
export enum VendorRole { OWNER = 'OWNER', MANAGER = 'MANAGER', STAFF = 'STAFF', EDITOR = 'EDITOR', ACCOUNTANT = 'ACCOUNTANT' }

registerEnumType(VendorRole, {
  name: 'VendorRole',
  description: 'A template of rights that a member of a vendor begins with.',
  valuesConfig: {
    OWNER: { description: 'Answers for the vendor and holds every right there.' },
    MANAGER: { description: 'Runs the shop from day to day; neither members nor payouts.' },
    STAFF: { description: 'Packs and sends: orders and stock only.' },
    EDITOR: { description: 'Looks after products, prices and stock only.' },
    ACCOUNTANT: { description: 'Looks after payouts, and sees nothing else to change.' },
  },
});

/** Every right that somebody can hold at a vendor. */
export const vendorGrants = ['catalog.manage', 'orders.manage', 'stock.manage', 'prices.manage', 'promotions.manage', 'members.manage', 'settings.manage', 'payouts.manage'] as const;

/** One of the rights at a vendor. */
export type VendorGrant = (typeof vendorGrants)[number];

/** The rights that each role begins with. */
export const grantsOfRole: Readonly<Record<VendorRole, readonly VendorGrant[]>> = {
  OWNER: vendorGrants,
  MANAGER: ['catalog.manage', 'orders.manage', 'stock.manage', 'prices.manage', 'promotions.manage', 'settings.manage'],
  STAFF: ['orders.manage', 'stock.manage'],
  EDITOR: ['catalog.manage', 'prices.manage', 'stock.manage'],
  ACCOUNTANT: ['payouts.manage'],
};
