/**
 * An operation of a client, with the types of what goes in and what comes out: generated from its `.graphql` file. What is
 * sent is `id` with the variables; `text` is for tools, and for servers that know no ids.
 */
export interface TypedOperation<Data, Variables> {
  /** SHA-256 of the text, hex: the name under which the gateway knows it. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly text: string;
  /** Only for types: never there. Named as GraphQL tools expect it, so that they infer both. */
  readonly __apiType?: (variables: Variables) => Data;
}

/** What an operation answers. */
export type DataOf<O> = O extends TypedOperation<infer Data, never> ? Data : never;

/** What an operation takes. */
export type VariablesOf<O> = O extends TypedOperation<unknown, infer Variables> ? Variables : never;
