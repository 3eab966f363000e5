import { setTimeout as pause } from 'node:timers/promises';

/** How long the seed waits for one answer, for how long it asks again where the door is busy, and how soon, in milliseconds. */
const answerMsMax = 30_000;
const busyMsMax = 120_000;
const againMs = 1_000;

/** It asked too much, or the machine is too slow just now: asking the same again, by the same key, does it once. */
const busyCodes = new Set(['RATE_LIMITED', 'SUBGRAPH_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'CONFLICT_IN_PROGRESS']);

/** Somebody at the public door of one marketplace. */
export interface Caller {
  readonly url: string;
  readonly tenant: string;
  readonly token?: string;
}

interface Answer<T> {
  readonly data?: T;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Asks the public door, and answers its data; the limits of the door hold for the seed as for everybody. Throws a sentence with the first error there is. */
export async function askDoor<T>(caller: Caller, query: string, variables: Record<string, unknown> = {}): Promise<T> {
  for (const until = Date.now() + busyMsMax; ; await pause(againMs)) {
    const { data, errors } = await answerOf<T>(caller, query, variables);
    if (data && !errors?.[0]) return data;
    if (!busyCodes.has(errors?.[0]?.extensions?.code ?? '') || Date.now() > until) throw new Error(`The seed of ${caller.tenant} was refused: ${errors?.[0]?.message ?? 'there was no answer.'}`);
  }
}

async function answerOf<T>({ url, tenant, token }: Caller, query: string, variables: Record<string, unknown>): Promise<Answer<T>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST', signal: AbortSignal.timeout(answerMsMax),
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-haat-tenant': tenant, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<T>;
}

/** Signs one of the demonstration's people in. */
export async function signedIn(url: string, tenant: string, login: { readonly email: string; readonly password: string }): Promise<Caller> {
  const query = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSucceeded { accessToken } ... on Problem { message } } }';
  const { signIn } = await askDoor<{ signIn: { accessToken?: string; message?: string } }>({ url, tenant }, query, { input: { email: login.email, password: login.password } });
  if (!signIn.accessToken) throw new Error(`${login.email} cannot sign in: ${signIn.message ?? 'a second factor is asked for'}`);
  return { url, tenant, token: signIn.accessToken };
}
