import { vendorMemberInvited } from '@haat/schema/events/vendors';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, lineOf } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { IsNull, MoreThan, Or } from 'typeorm';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { VendorStatusConflict } from '../vendor/decide-vendor.js';
import { lockedVendor, runsMarketplace } from '../vendor/find-vendors.js';
import type { Vendor } from '../vendor/vendor.js';
import { VendorStatus } from '../vendor/vendor-status.js';
import { hashOf, randomSecret } from './invitation-secret.js';
import { checkMayHandOut } from './may-hand-out.js';
import { VendorMember, VendorMemberStatus } from './vendor-member.js';
import { grantsOfRole, vendorGrants, VendorRole, type VendorGrant } from './vendor-role.js';
import { withdrawFrom } from './withdraw-invitations.js';

/** How long an invitation is good, in days. */
export const invitationDays = 7;

/** Invitations of one vendor in a day at most: before it was ever approved, and after. Anybody can apply, and every invitation is a mail. */
const invitationsPerDay = { applicant: 20, approved: 100 } as const;

/** Members and invitations of one vendor at most. */
const membersMax = 200;

/** Who is asked to work for a vendor. */
@InputType({ description: 'Who is asked to work for a vendor, as what.' })
export class InviteVendorMemberInput {
  @Field(() => ID, { description: 'The vendor that is to get a member.' })
  vendorId: string;

  @Field(() => String, { description: 'E-mail address that the invitation goes to.' })
  email: string;

  @Field(() => String, { nullable: true, description: 'How the person is called, at most 120 characters.' })
  name?: string | null;

  @Field(() => VendorRole, { description: 'The template that the rights are taken from.' })
  role: VendorRole;

  @Field(() => [String], { nullable: true, description: 'Exactly these rights in place of the template, such as orders.manage.' })
  grants?: string[] | null;
}

/** The vendor has as many as it may. */
@ObjectType({ implements: Problem, description: 'The vendor has as many members and invitations as it may.' })
export class TooManyMembers extends Problem {
  @Field(() => Int, { description: 'How many members and invitations a vendor may have.' })
  limit: number;

  static of(): TooManyMembers {
    return Object.assign(new TooManyMembers(), { message: `A vendor has at most ${membersMax} members and invitations.`, limit: membersMax });
  }
}

/** Enough for a day. */
@ObjectType({ implements: Problem, description: 'The vendor has sent as many invitations as it may in a day; go on tomorrow.' })
export class TooManyInvitations extends Problem {
  static of(): TooManyInvitations {
    return Object.assign(new TooManyInvitations(), { message: 'Enough invitations for a day. Go on tomorrow.' });
  }
}

/** The invitation, or why there is none. */
export const InviteVendorMemberResult = resultOf('InviteVendorMemberResult', 'The invitation, or why there is none.', [VendorMember, TooManyMembers, TooManyInvitations, VendorStatusConflict]);

/** An e-mail address as people write it; compared without regard to case. */
export const emailText = z.email().max(254).transform((text) => text.toLowerCase());

/** Rights in place of a template's, each once. */
export const grantsText = z.array(z.enum(vendorGrants)).max(vendorGrants.length).transform((grants) => [...new Set(grants)]);

const rules = z.object({ vendorId: idText, email: emailText, name: lineOf(120).nullish(), role: z.enum(VendorRole), grants: grantsText.nullish() });

/** Asks a person by mail to work for a vendor. Asking again takes the earlier invitation's place. */
export async function inviteVendorMember(tx: VendorsTx, input: InviteVendorMemberInput): Promise<VendorMember | TooManyMembers | TooManyInvitations | VendorStatusConflict> {
  const { vendorId, email, name, role, ...more } = parsed(rules, input);
  const grants = more.grants ?? [...grantsOfRole[role]];
  checkMayHandOut(tx.viewer, vendorId, { role, grants });
  const vendor = await lockedVendor(tx, vendorId);
  if (vendor.status === VendorStatus.CLOSED) return VendorStatusConflict.of(vendor);
  if (await hasInvitedEnough(tx, vendor)) return TooManyInvitations.of();
  await withdrawFrom(tx, vendorId, email);
  if (await hasAsManyAsItMay(tx, vendorId)) return TooManyMembers.of();
  return invited(tx, vendor, { email, name: name ?? null, role, grants });
}

/** Makes an invitation and has it mailed: its secret travels sealed for notifications, and only its hash stays. */
export async function invited(tx: VendorsTx, vendor: Vendor, wish: { email: string; name: string | null; role: VendorRole; grants: readonly VendorGrant[] }): Promise<VendorMember> {
  const now = tx.clock.now();
  const secret = randomSecret();
  const expiresAt = new Date(now.getTime() + invitationDays * 86_400_000);
  const member = await tx.db.save(tx.db.create(VendorMember, {
    ...wish, grants: [...wish.grants], tenantId: tx.tenant.id, id: newId('vmem', now), version: 1, vendorId: vendor.id, userId: null,
    status: VendorMemberStatus.INVITED, secretHash: hashOf(secret), expiresAt, joinedAt: null, invitedBy: runsMarketplace(tx.viewer) ? null : (tx.viewer.userId ?? null),
  }));
  const sealed = await tx.seal('notifications', { tenantId: tx.tenant.id, purpose: vendorMemberInvited.key }, { to: wish.email, name: wish.name, secret });
  await tx.emit(vendorMemberInvited, {
    aggregate: { id: member.id, version: member.version },
    payload: { memberId: member.id, vendorId: vendor.id, vendorName: vendor.name, locale: tx.locale, expiresAt: expiresAt.toISOString(), sealed },
  });
  return member;
}

/** An invitation that lapsed takes no place. */
async function hasAsManyAsItMay(tx: VendorsTx, vendorId: string): Promise<boolean> {
  const where = { tenantId: tx.tenant.id, vendorId };
  const count = await tx.db.countBy(VendorMember, [{ ...where, status: VendorMemberStatus.ACTIVE }, { ...where, status: VendorMemberStatus.INVITED, expiresAt: Or(IsNull(), MoreThan(tx.clock.now())) }]);
  return count >= membersMax;
}

async function hasInvitedEnough(tx: VendorsTx, { id, approvedAt }: Vendor): Promise<boolean> {
  const rows: { count: number }[] = await tx.db.query(`select count(*)::int as count from vendor_member where tenant_id = $1 and vendor_id = $2 and created_at > now() - interval '1 day'`, [tx.tenant.id, id]);
  return (rows[0]?.count ?? 0) >= (approvedAt ? invitationsPerDay.approved : invitationsPerDay.applicant);
}
