import { randomInt } from 'node:crypto';
import type { DataOf } from '@haat/schema/clients/typed-operation';
import { Register, SignIn } from '@haat/storefront-client/generated/operations';
import { act } from './act.js';
import type { Asker, Door } from './graph.js';

/** Everybody of the demonstration has it. */
export const demoPassword = 'haat-demo-2026';

/** What signing in comes to. */
export type SignedIn = DataOf<typeof SignIn>['signIn'];

/** Tries to sign in, and answers whatever came. */
export async function trySignIn(door: Door, tenant: string, email: string, password = demoPassword, from = someAddress()): Promise<SignedIn> {
  return act(door, { tenant, headers: from }, SignIn, { email, password });
}

/** A signed-in person, ready to ask. */
export interface Person extends Asker {
  readonly userId: string;
  readonly sessionId: string;
  readonly refreshToken: string;
  readonly email: string;
}

/** Signs in, and fails when that does not succeed. */
export async function signIn(door: Door, tenant: string, email: string, password = demoPassword): Promise<Person> {
  const headers = someAddress();
  const signedIn = await trySignIn(door, tenant, email, password, headers);
  if (signedIn.__typename !== 'SignInSucceeded') throw new Error(`${email} could not sign in at ${tenant}: ${JSON.stringify(signedIn)}`);
  const { accessToken: token, refreshToken, viewer: { user, session } } = signedIn;
  if (!user || !session) throw new Error(`${email} is nobody at ${tenant}.`);
  return { tenant, token, headers, userId: user.id, sessionId: session.id, refreshToken, email };
}

/** Registers somebody and signs them in. */
export async function newShopper(door: Door, tenant: string, name: string): Promise<Person> {
  const email = someEmail(name);
  await act(door, { tenant, headers: someAddress() }, Register, { email, password: demoPassword, name });
  return signIn(door, tenant, email);
}

/** An e-mail address that nobody has yet. */
export function someEmail(name: string): string {
  return `${name.toLowerCase()}-${randomInt(1e12).toString(36)}@shoppers.example`;
}

/** A network address of one's own (RFC 2544's block), since tries are counted by address. */
export function someAddress(): Record<string, string> {
  return { 'x-forwarded-for': `198.18.${randomInt(256)}.${randomInt(1, 255)}` };
}
