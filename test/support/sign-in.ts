import { dataOf, type Asker, type Door } from './graph.js';

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
export async function trySignIn(door: Door, tenant: string, email: string, password = demoPassword): Promise<SignedIn> {
  return dataOf(await door.ask<{ signIn: SignedIn }>({ tenant }, document, { input: { email, password } })).signIn;
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
  const signedIn = await trySignIn(door, tenant, email, password);
  if (signedIn.__typename !== 'SignInSucceeded') throw new Error(`${email} could not sign in at ${tenant}: ${JSON.stringify(signedIn)}`);
  return { tenant, token: signedIn.accessToken, userId: signedIn.viewer.user.id, sessionId: signedIn.viewer.session.id, refreshToken: signedIn.refreshToken, email };
}

/** Registers somebody and signs them in. */
export async function newShopper(door: Door, tenant: string, name: string): Promise<Person> {
  const email = `${name}-${Math.random().toString(36).slice(2, 10)}@shoppers.example`;
  const register = 'mutation($input: RegisterInput!) { register(input: $input) { __typename ... on Problem { message } } }';
  dataOf(await door.ask({ tenant }, register, { input: { email, password: demoPassword, name } }));
  return signIn(door, tenant, email);
}
