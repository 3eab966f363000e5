import { networkOf } from '@haat/kit/identity';
import type { IdentityContext } from '../context.js';
import type { Attempt } from './attempts.js';

/** What guesses at the password of an account are counted as. */
export const passwordGuesses = 'sign-in:account';

/** How often one account may be proved in a window, rightly or not: each time costs us a password's hash. */
const proofsMax = 30;

/** How long an address that an account was used from counts as its owner's, in days. */
export const knownAddressDays = 90;

/**
 * The limits on guessing a password: from one network address, and of one account. The network's comes first: who has reached
 * it takes no more tries from any account.
 */
export async function signInAttempts(ctx: IdentityContext, email: string): Promise<readonly [address: Attempt, account: Attempt]> {
  const { SIGN_IN_TRIES_PER_ACCOUNT, SIGN_IN_WINDOW_MINUTES: windowMinutes } = ctx.config;
  const subject = await accountHere(ctx, email);
  return [addressAttempts(ctx, 'sign-in:address'), { kind: passwordGuesses, subject, max: SIGN_IN_TRIES_PER_ACCOUNT, windowMinutes }];
}

/**
 * What an account's tries, and the mails asked for it, are counted for. Those from a network that the account was lately used
 * from are counted by themselves: strangers who keep trying never lock its owner out.
 */
export async function accountHere(ctx: IdentityContext, email: string): Promise<string> {
  return (await isKnownNetwork(ctx, email)) ? `${email} from ${networkHere(ctx)}` : email;
}

/** Where a request comes from, as it is counted. */
export function networkHere({ clientAddress }: IdentityContext): string {
  return clientAddress === undefined ? 'unknown' : networkOf(clientAddress);
}

/** The limit on tries of a kind from one network address. */
export function addressAttempts(ctx: IdentityContext, kind: string): Attempt {
  return { kind, subject: networkHere(ctx), max: ctx.config.SIGN_IN_TRIES_PER_ADDRESS, windowMinutes: ctx.config.SIGN_IN_WINDOW_MINUTES };
}

/** The limit on asking for mails of a kind from one network, whomever they are for. It comes first: who reaches it takes nothing from those. */
export function mailAttempts(ctx: IdentityContext, kind: string): Attempt {
  return { kind, subject: networkHere(ctx), max: ctx.config.MAILS_PER_ADDRESS, windowMinutes: 60 };
}

/** The limit on tries of a kind that only somebody who is half or wholly signed in can make. */
export function accountAttempts(ctx: IdentityContext, kind: string, userId: string): Attempt {
  return { kind, subject: userId, max: ctx.config.SIGN_IN_TRIES_PER_ACCOUNT, windowMinutes: ctx.config.SIGN_IN_WINDOW_MINUTES };
}

/** The limits on proving one's own account again: on guesses, which a right one forgives, and on proofs of any kind, which nothing does. */
export function proofAttempts(ctx: IdentityContext, userId: string): readonly [guesses: Attempt, proofs: Attempt] {
  const guesses = accountAttempts(ctx, 'proof:account', userId);
  return [guesses, { ...guesses, kind: 'proof:all', max: Math.max(proofsMax, guesses.max) }];
}

/** The same statement whether or not there is such an account. Of IPv6 a network counts: a device changes its address there every day. */
async function isKnownNetwork(ctx: IdentityContext, email: string): Promise<boolean> {
  const since = new Date(ctx.clock.now().getTime() - knownAddressDays * 86_400_000);
  const network = networkHere(ctx);
  const rows: unknown[] = await ctx.db.query(
    `select from session s join user_account u on u.tenant_id = s.tenant_id and u.id = s.user_id
     where u.tenant_id = $1 and u.email = $2 and s.last_seen_at > $4 and (s.ended_at is null or s.end_reason = 'SIGNED_OUT')
       and (s.address = $3 or case when s.address ~* '^[0-9a-f]*:[0-9a-f:]*$' then network(set_masklen(s.address::inet, 64)) = $5::cidr end) limit 1`,
    [ctx.tenant.id, email, ctx.clientAddress ?? '', since, network.endsWith('/64') ? network : null],
  );
  return rows.length > 0;
}
