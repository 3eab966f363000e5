import { randomInt } from 'node:crypto';
import { dataOf, type Asker, type Door } from './graph.js';
import { mutate } from './mutate.js';

/** Everybody of the demonstration has it. */
export const demoPassword = 'haat-demo-2026';

const document = `mutation SignIn($input: SignInInput!) { signIn(input: $input) {
  __typename
  ... on SignInSucceeded { accessToken accessTokenExpiresAt refreshToken viewer { kind roles grants user { id email } session { id } } }
  ... on SecondFactorRequired { challenge methods }
  ... on Problem { message }
} }`;

/** What signing in comes to. */
export interface SignedIn {
  readonly __typename: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessTokenExpiresAt: string;
  readonly challenge: string;
  readonly message: string;
  readonly viewer: { readonly kind: string; readonly roles: string[]; readonly user: { readonly id: string; readonly email: string }; readonly session: { readonly id: string } };
}

/** Tries to sign in, and answers whatever came. */
export async function trySignIn(door: Door, tenant: string, email: string, password = demoPassword, from = someAddress()): Promise<SignedIn> {
  return dataOf(await door.ask<{ signIn: SignedIn }>({ tenant, headers: from }, document, { input: { email, password } })).signIn;
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
  const { accessToken: token, refreshToken, viewer } = signedIn;
  return { tenant, token, headers, userId: viewer.user.id, sessionId: viewer.session.id, refreshToken, email };
}

/** Registers somebody and signs them in. */
export async function newShopper(door: Door, tenant: string, name: string): Promise<Person> {
  const email = someEmail(name);
  await mutate(door, { tenant, headers: someAddress() }, 'register', { email, password: demoPassword, name });
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
