import { parsed } from '@haat/kit/input';
import { invariant } from '@haat/kit/invariant';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import type { VendorsTx } from '../context.js';
import { moveOn } from '../requirement/move-on.js';
import { lockedVendor } from '../vendor/find-vendors.js';
import { saveChanged } from '../vendor/vendor-state.js';
import { VendorStatus } from '../vendor/vendor-status.js';
import { sayMember } from './add-member.js';
import { hashOf } from './invitation-secret.js';
import { VendorMember, VendorMemberStatus } from './vendor-member.js';

/** The longest secret worth hashing, in characters. */
const secretCharactersMax = 200;

/** Which invitation is accepted. */
@InputType({ description: 'Which invitation is accepted, by the token in its mail.' })
export class AcceptInvitationInput {
  @Field(() => String, { description: 'The token from the mail that invited.' })
  token: string;
}

/** The secret is not good, or not any more. */
@ObjectType({ implements: Problem, description: 'The token is wrong, was used, withdrawn, or is too old; ask for a new one.' })
export class InvalidInvitation extends Problem {
  static of(): InvalidInvitation {
    return Object.assign(new InvalidInvitation(), { message: 'This invitation is not good any more. Ask for a new one.' });
  }
}

/** Whoever accepts works there already. */
@ObjectType({ implements: Problem, description: 'Whoever accepts works for this vendor already; the invitation stays open.' })
export class AlreadyMember extends Problem {
  static of(): AlreadyMember {
    return Object.assign(new AlreadyMember(), { message: 'You work for this vendor already.' });
  }
}

/** The membership, or why there is none. */
export const AcceptInvitationResult = resultOf('AcceptInvitationResult', 'The membership that began, or why there is none.', [VendorMember, InvalidInvitation, AlreadyMember]);

const rules = z.object({ token: z.string().min(1) });

/** Makes whoever is signed in a member, by the secret that only the invited mailbox has seen. Good once, however many try at the same time. */
export async function acceptInvitation(tx: VendorsTx, input: AcceptInvitationInput): Promise<VendorMember | InvalidInvitation | AlreadyMember> {
  const { token } = parsed(rules, input);
  const { userId } = tx.viewer;
  invariant(userId, 'The rule of the field lets only people accept.');
  const invitation = await openInvitation(tx, token);
  if (!invitation) return InvalidInvitation.of();
  const { vendorId } = invitation;
  const vendor = await lockedVendor(tx, vendorId);
  if (vendor.status === VendorStatus.CLOSED) return InvalidInvitation.of();
  if (await tx.db.existsBy(VendorMember, { tenantId: tx.tenant.id, vendorId, userId, status: VendorMemberStatus.ACTIVE })) return AlreadyMember.of();
  Object.assign(invitation, { userId, status: VendorMemberStatus.ACTIVE, email: null, secretHash: null, expiresAt: null, joinedAt: tx.clock.now(), version: invitation.version + 1 });
  const member = await tx.db.save(invitation);
  await sayMember(tx, member);
  if (vendor.status === VendorStatus.INVITED) await moveOn(tx, await saveChanged(tx, Object.assign(vendor, { status: VendorStatus.ONBOARDING })));
  return member;
}

/** The row is locked: the second to try finds it spent. */
async function openInvitation(tx: VendorsTx, token: string): Promise<VendorMember | null> {
  if (token.length > secretCharactersMax) return null;
  return tx.db.createQueryBuilder(VendorMember, 'm').setLock('pessimistic_write')
    .where(`m.tenantId = :tenantId and m.secretHash = :hash and m.status = 'INVITED' and m.expiresAt > :now`, { tenantId: tx.tenant.id, hash: hashOf(token), now: tx.clock.now() })
    .getOne();
}
