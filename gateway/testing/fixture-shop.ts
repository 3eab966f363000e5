import type { FixtureDefinition } from './fixture-subgraphs.js';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@shareable"])';

/** One subgraph with everything that operations can grow by: cycles, pages, lists, abstract types, inputs, guesses. */
export const fixtureShop: readonly FixtureDefinition[] = [{
  name: 'shop',
  sdl: `${link}
    type Node { id: ID!  name(style: Style, width: Int): String  next: Node  related: [Node!]  page(first: Int, last: Int): NodePage  plain(first: Int): [Node!] }
    type NodePage { nodes: [Node!]!  edges: [NodeEdge!]!  total: Int }
    type NodeEdge { node: Node!  cursor: String! }
    enum Style { SHORT LONG }
    interface Thing { id: ID! }
    type Cup implements Thing { id: ID!  inside: Node  handles: [Node!] }
    type Sari implements Thing { id: ID!  maker: Node }
    input NodeInput { secretName: String, inner: NodeInput, ids: [ID!] }
    scalar JSON
    type Query { node(input: NodeInput): Node  page(first: Int = 20, last: Int): NodePage  thing: Thing  things(first: Int): [Thing!]  hidden: String  json(value: JSON): JSON  number(value: Int): Int }
    type Mutation { signIn(password: String): Boolean  applyCoupon(code: String): Boolean  rename(name: String): Node }`,
  resolvers: {
    Query: { node: () => ({ id: 'n1', name: 'Rabeya' }), json: (_: unknown, { value }: { value: unknown }) => value, number: (_: unknown, { value }: { value: unknown }) => value },
    Mutation: { signIn: () => true, applyCoupon: () => false, rename: () => ({ id: 'n1' }) },
  },
}];

/** Subgraphs that all know all fields of the same entity: each selection could be asked of any of them. */
export function fixtureSharers(count: number, fields: number): readonly FixtureDefinition[] {
  const shared = Array.from({ length: fields }, (_, n) => `f${n}: Int @shareable  r${n}: Item @shareable`).join('\n');
  return Array.from({ length: count }, (_, at): FixtureDefinition => ({
    name: `sharer${at}`,
    sdl: `${link} type Item @key(fields: "id") { id: ID!  own${at}: Int  ${shared} }  type Query { item: Item @shareable }`,
    resolvers: { Query: { item: () => ({ id: 'i1' }) } },
  }));
}
