import { setTimeout as pause } from 'node:timers/promises';

/** How long the seed waits for one answer, and before it asks again where it asked too much, in milliseconds. */
const answerMsMax = 30_000;
const againMs = 1_000;

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
  for (const until = Date.now() + answerMsMax; ; await pause(againMs)) {
    const { data, errors } = await answerOf<T>(caller, query, variables);
    if (data && !errors?.[0]) return data;
    if (errors?.[0]?.extensions?.code !== 'RATE_LIMITED' || Date.now() > until) throw new Error(`The seed of ${caller.tenant} was refused: ${errors?.[0]?.message ?? 'there was no answer.'}`);
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
