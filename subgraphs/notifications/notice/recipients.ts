import { contactsMax, contactsRead } from '@haat/schema/asks/identity';
import type { NotificationsContext } from '../context.js';
import { contentOf } from '../delivery/mail-content.js';
import { vendorMembers } from '../member/vendor-member.row.js';
import { contactPurpose } from '../order/keep-order.js';
import { knownOrders, type KnownOrder } from '../order/known-order.row.js';
import { wasErased } from '../person/erased-person.row.js';
import { TemplateKind } from '../template/template-kind.js';
import { noticeRules } from './notice-kind.js';
import type { NoticeRow } from './notice.row.js';

/** Somebody who is to be told, on whichever ways there are to them. */
export interface Recipient {
  /** Absent for a guest, who has no inbox. */
  readonly userId?: string;
  readonly locale: string;
  /** Absent for somebody without an address. */
  readonly mail?: { readonly to: string; readonly sealed: string; readonly purpose: string };
}

/** Who is to be told, and what they must know of the order. */
export interface Audience {
  readonly recipients: readonly Recipient[];
  readonly orderNumber?: string;
  readonly vendorName?: string;
}

const merchantPurpose = 'merchant-contact';

/** Who is to be told a piece of news. Undefined while it is not known here yet. */
export async function audienceOf(ctx: NotificationsContext, notice: NoticeRow): Promise<Audience | undefined> {
  const { kind, orderId, vendorOrderId, vendorName } = notice;
  const isForMerchants = noticeRules[kind].grant !== undefined;
  const order = orderId === undefined ? undefined : await ctx.db.collection(knownOrders).findById(orderId);
  if (orderId !== undefined && order === undefined) return undefined;
  const part = order?.vendorOrders.find((each) => each.vendorOrderId === vendorOrderId);
  const recipients = isForMerchants ? await merchantsOf(ctx, notice) : order && [await buyerOf(ctx, notice, order)];
  return recipients && { recipients, orderNumber: isForMerchants ? part?.number : order?.number, vendorName: part?.vendorName ?? vendorName };
}

async function buyerOf(ctx: NotificationsContext, { kind, tenantId }: NoticeRow, { userId, locale, sealedContact }: KnownOrder): Promise<Recipient> {
  if (await wasErased(ctx, userId)) return { locale };
  if (sealedContact === undefined) return { userId, locale };
  const opened = await ctx.unseal({ tenantId, purpose: contactPurpose }, sealedContact) as { readonly to?: unknown };
  const mail = typeof opened.to === 'string' ? { to: contentOf(TemplateKind[kind], opened).to, sealed: sealedContact, purpose: contactPurpose } : undefined;
  return { userId, locale, mail };
}

/** Everybody with the right at the vendor, but who did it. Nobody known at all is more likely an event that is still to come. */
async function merchantsOf(ctx: NotificationsContext, { kind, tenantId, vendorId, actor }: NoticeRow): Promise<readonly Recipient[] | undefined> {
  const members = await ctx.db.collection(vendorMembers).page({ vendorId: vendorId ?? '', status: 'ACTIVE' }, { limit: contactsMax });
  if (members.length === 0) return undefined;
  const { grant = '' } = noticeRules[kind];
  const userIds = members.filter(({ userId, grants }) => userId !== actor && (grants.includes(grant) || grants.includes('*'))).map(({ userId }) => userId);
  const { contacts } = userIds.length === 0 ? { contacts: [] } : await ctx.ask(contactsRead, { userIds });
  return Promise.all(contacts.map(async ({ userId, email, name, locale }) => {
    const sealed = email === null ? undefined : await ctx.seal('notifications', { tenantId, purpose: merchantPurpose }, { to: email, name });
    return { userId, locale, mail: email === null || sealed === undefined ? undefined : { to: email, sealed, purpose: merchantPurpose } };
  }));
}
