import { Refusal } from '@haat/kit/refusal';
import type { FixtureContext, FixtureDefinition } from './fixture-subgraphs.js';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key"])';

/** How a test stands in the way of a subgraph of the fixture. */
export interface Interference {
  /** Runs before the stock of any product is answered. */
  beforeStock?: () => Promise<void> | void;
}

/** Two subgraphs: `catalog` owns products, `stock` adds what is available of each. */
export function fixtureMarketplace(interference: Interference = {}): readonly FixtureDefinition[] {
  return [catalog, stock(interference)];
}

interface Product { readonly id: string; readonly title: string }

const products: readonly Product[] = [
  { id: 'p1', title: 'Nakshi kantha' },
  { id: 'p2', title: 'Jamdani sari' },
  { id: 'p3', title: 'Clay cup' },
];

const catalog: FixtureDefinition = {
  name: 'catalog',
  sdl: `${link}
    type Product @key(fields: "id") { id: ID!  title: String! }
    scalar JSON
    type Query {
      product(id: ID!): Product  products: [Product]  told: JSON  echo(value: JSON): JSON
      refused(code: String!): String  broken: String  ghost: Product
    }
    type Mutation { rename(id: ID!, title: String!): Product }`,
  resolvers: {
    Query: {
      product: (_: unknown, { id }: { id: string }) => products.find((product) => product.id === id) ?? null,
      products: () => products,
      told: (_: unknown, __: unknown, { internal }: FixtureContext) => internal ?? null,
      echo: (_: unknown, { value }: { value: unknown }) => value,
      refused: (_: unknown, { code }: { code: string }) => { throw new Refusal(code as 'FORBIDDEN', 'Refused, as was asked.', { left: 3, serviceName: 'catalog' }); },
      broken: () => { throw new Error('select * from catalog.product failed at /srv/catalog/dist/product.js on db-7.internal:5432'); },
      ghost: () => ({ id: 'gone', title: null }),
    },
    Mutation: { rename: (_: unknown, { id, title }: { id: string; title: string }) => ({ id, title }) },
  },
  hook: async (request, internal) => ({
    status: 200,
    headers: { 'content-type': 'application/json', 'x-powered-by': 'catalog', etag: '"1"' },
    body: JSON.stringify({ method: request.method, url: request.url, headers: request.headers, bytes: await bytesOf(request.body), internal }),
  }),
};

function stock(interference: Interference): FixtureDefinition {
  return {
    name: 'stock',
    sdl: `${link}
      type Product @key(fields: "id") { id: ID!  available: Int }
      type Query { warehouses: [String!] }`,
    resolvers: {
      Product: { __resolveReference: async ({ id }: { id: string }) => {
        await interference.beforeStock?.();
        return { id, available: Number(id.slice(1)) * 10 };
      } },
      Query: { warehouses: () => ['Dhaka'] },
    },
  };
}

async function bytesOf(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const part of body instanceof Uint8Array ? [body] : body) bytes += part.byteLength;
  return bytes;
}
