import type { Buyer } from '@haat/schema/parts';

/**
 * The names under which a buyer's uses are counted: the account, the e-mail address and the telephone number, so that neither a second account
 * nor a guest's cart gives more; a guest's secret where there is no account.
 */
export function subjectsOf(buyer: Buyer, { emailHash, phoneHash }: { readonly emailHash: string | null; readonly phoneHash?: string | null }): string[] {
  const { userId, guestKey } = buyer;
  return [...(userId ? [`user:${userId}`] : []), ...(emailHash ? [`email:${emailHash}`] : []), ...(phoneHash ? [`phone:${phoneHash}`] : []), ...(guestKey && !userId ? [`guest:${guestKey}`] : [])].sort();
}

/** What a day's uses are counted under; a day begins when it begins in the marketplace's time zone. */
export function dayOf(now: Date, timeZone: string): string {
  return `day:${new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)}`;
}

/** SQL of the key of a counter: of a coupon or a sale's offer, by a subject. As {@link counterKey}. */
export function countedUnder(holder: string, subject: string): string {
  return `${holder} || ' ' || ${subject}`;
}

/** The key of a counter. As {@link countedUnder}. */
export function counterKey(holderId: string, subject: string): string {
  return `${holderId} ${subject}`;
}
