/** How long the seed waits for one answer, in milliseconds. */
const answerMsMax = 30_000;

/** Somebody at the public door of one marketplace. */
export interface Caller {
  readonly url: string;
  readonly tenant: string;
  readonly token?: string;
}

/** Asks the public door, and answers its data. Throws a sentence with the first error there is. */
export async function askDoor<T>({ url, tenant, token }: Caller, query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST', signal: AbortSignal.timeout(answerMsMax),
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-haat-tenant': tenant, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: T; errors?: readonly { message: string }[] };
  if (errors?.[0] || !data) throw new Error(`The seed of ${tenant} was refused: ${errors?.[0]?.message ?? response.status}`);
  return data;
}

/** Signs one of the demonstration's people in. */
export async function signedIn(url: string, tenant: string, login: { readonly email: string; readonly password: string }): Promise<Caller> {
  const query = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSucceeded { accessToken } ... on Problem { message } } }';
  const { signIn } = await askDoor<{ signIn: { accessToken?: string; message?: string } }>({ url, tenant }, query, { input: { email: login.email, password: login.password } });
  if (!signIn.accessToken) throw new Error(`${login.email} cannot sign in: ${signIn.message ?? 'a second factor is asked for'}`);
  return { url, tenant, token: signIn.accessToken };
}
