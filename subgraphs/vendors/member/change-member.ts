import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { Problem } from '@haat/kit/problem';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Not } from 'typeorm';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { lockedVendor } from '../vendor/find-vendors.js';
import { sayMember } from './add-member.js';
import { grantsText } from './invite-member.js';
import { checkMayHandOut } from './may-hand-out.js';
import { VendorMember, VendorMemberStatus } from './vendor-member.js';
import { grantsOfRole, VendorRole } from './vendor-role.js';
import { withdrawBeyond } from './withdraw-invitations.js';

/** What a member may do from now on. */
@InputType({ description: 'What a member of a vendor may do from now on.' })
export class ChangeVendorMemberInput {
  @Field(() => ID, { description: 'The vendor that the member works for.' })
  vendorId: string;

  @Field(() => ID, { description: 'The membership; begins with vmem_.' })
  memberId: string;

  @Field(() => VendorRole, { description: 'The template that the rights are taken from.' })
  role: VendorRole;

  @Field(() => [String], { nullable: true, description: 'Exactly these rights in place of the template, such as orders.manage.' })
  grants?: string[] | null;
}

/** Who leaves. */
@InputType({ description: 'Who works for a vendor no more, or is invited no more.' })
export class RemoveVendorMemberInput {
  @Field(() => ID, { description: 'The vendor that the member works for.' })
  vendorId: string;

  @Field(() => ID, { description: 'The membership or invitation; begins with vmem_.' })
  memberId: string;
}

/** Nobody would be left to answer for the vendor. */
@ObjectType({ implements: Problem, description: 'This is the last owner; a vendor keeps at least one.' })
export class LastOwner extends Problem {
  static of(): LastOwner {
    return Object.assign(new LastOwner(), { message: 'A vendor keeps at least one owner.' });
  }
}

/** The member with other rights, or why not. */
export const ChangeVendorMemberResult = resultOf('ChangeVendorMemberResult', 'The member with other rights, or why they stay.', [VendorMember, LastOwner]);
/** The member that left, or why not. */
export const RemoveVendorMemberResult = resultOf('RemoveVendorMemberResult', 'The member that left, or why they stay.', [VendorMember, LastOwner]);

const named = z.object({ vendorId: idText, memberId: idText });
const rules = named.extend({ role: z.enum(VendorRole), grants: grantsText.nullish() });

/** Gives a member, or somebody invited, another role. Gateways forget within seconds what the person could do before. */
export async function changeVendorMember(tx: VendorsTx, input: ChangeVendorMemberInput): Promise<VendorMember | LastOwner> {
  const { role, grants: exactly, ...where } = parsed(rules, input);
  const grants = exactly ?? [...grantsOfRole[role]];
  const member = await memberToChange(tx, where);
  checkMayHandOut(tx.viewer, where.vendorId, { role, grants });
  if (role !== VendorRole.OWNER && (await isLastOwner(tx, member))) return LastOwner.of();
  return saved(tx, Object.assign(member, { role, grants }));
}

/** Ends a membership, or withdraws an invitation. */
export async function removeVendorMember(tx: VendorsTx, input: RemoveVendorMemberInput): Promise<VendorMember | LastOwner> {
  const where = parsed(named, input);
  const member = await memberToChange(tx, where);
  if (await isLastOwner(tx, member)) return LastOwner.of();
  return removed(tx, member);
}

/** Ends a membership whoever asked for it, and forgets where an invitation went. */
export function removed(tx: VendorsTx, member: VendorMember): Promise<VendorMember> {
  return saved(tx, Object.assign(member, { status: VendorMemberStatus.REMOVED, grants: [], email: null, name: null, secretHash: null, expiresAt: null }));
}

/** The vendor is locked first, so that two of its last owners cannot leave at once. */
async function memberToChange(tx: VendorsTx, { vendorId, memberId }: z.infer<typeof named>): Promise<VendorMember> {
  await lockedVendor(tx, vendorId);
  const member = await tx.db.findOneBy(VendorMember, { tenantId: tx.tenant.id, vendorId, id: memberId, status: Not(VendorMemberStatus.REMOVED) });
  if (!member) throw notFound('member');
  checkMayHandOut(tx.viewer, vendorId, member);
  return member;
}

async function isLastOwner(tx: VendorsTx, { id, vendorId, role, status }: VendorMember): Promise<boolean> {
  if (role !== VendorRole.OWNER || status !== VendorMemberStatus.ACTIVE) return false;
  return !(await tx.db.existsBy(VendorMember, { tenantId: tx.tenant.id, vendorId, role, status, id: Not(id) }));
}

async function saved(tx: VendorsTx, member: VendorMember): Promise<VendorMember> {
  member.version += 1;
  const kept = await tx.db.save(member);
  if (kept.userId === null) return kept;
  await withdrawBeyond(tx, kept);
  await sayMember(tx, kept);
  return kept;
}
