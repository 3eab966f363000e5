import { Pool } from 'undici';

/** Something a client does, over and over. */
export interface Scenario {
  readonly name: string;
  readonly requests: number;
  /** Prepares, and answers what is asked each time. */
  prepare(door: BenchDoor): Promise<(n: number) => Promise<void>>;
}

/** The public door, as the bench drives it. Throws where an answer has an error. */
export interface BenchDoor {
  ask<D>(query: string, variables?: Record<string, unknown>, token?: string): Promise<D>;
}

const password = 'haat-demo-2026';
const signInText = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSucceeded { accessToken } } }`;

/** What is measured, in this order. */
export const scenarios: readonly Scenario[] = [
  { name: 'the tenant, as a guest', requests: 3_000, prepare: async (door) => async () => { await door.ask('query Tenant { tenant { id slug name currency locale } }'); } },
  {
    name: 'the viewer, signed in',
    requests: 3_000,
    prepare: async (door) => {
      const token = await signIn(door);
      return async () => { await door.ask('query Me { viewer { kind roles user { id name email } session { id lastSeenAt } } }', {}, token); };
    },
  },
  {
    name: 'a product by slug',
    requests: 1_500,
    prepare: async (door) => {
      const { products } = await door.ask<{ products: { nodes: { slug: string }[] } }>('query Slugs { products(first: 50, filter: { status: PUBLISHED }) { nodes { slug } } }', {}, await signIn(door, 'operator'));
      const product = 'query Product($slug: String!) { product(slug: $slug) { id title description images { url alt } options { name } variants { id sku title options { name value } } categories { id name } } }';
      return async (n) => { await door.ask(product, { slug: products.nodes[n % products.nodes.length]?.slug }); };
    },
  },
  {
    name: 'a page of 20 products',
    requests: 1_000,
    prepare: async (door) => {
      const token = await signIn(door, 'operator');
      return async () => { await door.ask('query Page { products(first: 20) { nodes { id slug title image { url alt } variants { id sku } } pageInfo { hasNextPage endCursor } } }', {}, token); };
    },
  },
  { name: 'sign-in', requests: 200, prepare: async (door) => async () => { await signIn(door); } },
];

/** Opens the door of a marketplace for so many requests at once. */
export function benchDoor(url: string, connections: number): BenchDoor & AsyncDisposable {
  const pool = new Pool(url, { connections });
  return {
    async ask<D>(query: string, variables: Record<string, unknown> = {}, token?: string) {
      const headers = { 'content-type': 'application/json', 'x-haat-tenant': 'acme', ...(token ? { authorization: `Bearer ${token}` } : {}) };
      const { body } = await pool.request({ path: '/graphql', method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      const answer = (await body.json()) as { data?: D; errors?: unknown };
      if (answer.errors || !answer.data) throw new Error(`The door answered ${JSON.stringify(answer).slice(0, 500)}`);
      return answer.data;
    },
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

async function signIn(door: BenchDoor, who = 'shopper'): Promise<string> {
  const { signIn: answer } = await door.ask<{ signIn: { accessToken?: string } }>(signInText, { input: { email: `${who}@acme.example`, password } });
  if (!answer.accessToken) throw new Error(`Signing in answered ${JSON.stringify(answer)}`);
  return answer.accessToken;
}
