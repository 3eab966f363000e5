import { Pool } from 'undici';

/** The public door of a marketplace, as the bench drives it. */
export interface BenchDoor extends AsyncDisposable {
  readonly url: string;
  /** Throws where an answer has an error. `cart` is the secret of a guest's cart. */
  ask<D>(query: string, variables?: Record<string, unknown>, token?: string, cart?: string): Promise<D>;
  /** Sends a file to a path of a subgraph's own. Throws unless it was taken. */
  send(path: string, body: string | Uint8Array, type: string, token: string): Promise<void>;
  /** The access token of one of the demonstration's people: `shopper`, `merchant`, `operator`; `platform` in `haat`. */
  signIn(who: string): Promise<string>;
}

const password = 'haat-demo-2026';
const signInText = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSucceeded { accessToken } } }';

/** Opens the door of a marketplace, `acme` where none is named, for so many requests at once. */
export function benchDoor(url: string, connections: number, tenant = 'acme'): BenchDoor {
  const pool = new Pool(url, { connections });
  const ask: BenchDoor['ask'] = async <D>(query: string, variables: Record<string, unknown> = {}, token?: string, cart?: string) => {
    const who = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(cart ? { 'x-haat-cart': cart } : {}) };
    const headers = { 'content-type': 'application/json', 'x-haat-tenant': tenant, ...who };
    const { body } = await pool.request({ path: '/graphql', method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const answer = (await body.json()) as { data?: D; errors?: unknown };
    if (answer.errors || !answer.data) throw new Error(`The door answered ${JSON.stringify(answer).slice(0, 500)}`);
    return answer.data;
  };
  return {
    url, ask,
    async send(path, file, type, token) {
      const { statusCode, body } = await pool.request({ path, method: 'POST', headers: { 'content-type': type, 'x-haat-tenant': tenant, authorization: `Bearer ${token}` }, body: file });
      const said = await body.text();
      if (statusCode >= 300) throw new Error(`The door answered ${statusCode} ${said.slice(0, 500)}`);
    },
    async signIn(who) {
      const { signIn } = await ask<{ signIn: { accessToken?: string } }>(signInText, { input: { email: `${who}@${tenant}.example`, password } });
      if (!signIn.accessToken) throw new Error(`Signing in answered ${JSON.stringify(signIn)}`);
      return signIn.accessToken;
    },
    [Symbol.asyncDispose]: () => pool.close(),
  };
}
