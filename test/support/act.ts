import type { DataOf, TypedOperation, VariablesOf } from '@haat/schema/clients/typed-operation';
import type { Asker, Door } from './graph.js';
import { runOperation } from './run-operation.js';

/** What a mutation of a client can come to: the members of its union. */
export type OutcomeOf<O> = DataOf<O>[keyof DataOf<O>];

/** The one input of a mutation. */
export type InputOf<O> = VariablesOf<O> extends { readonly input: infer Input } ? Input : never;

/** The names of the members. */
type MemberOf<O> = OutcomeOf<O> extends { readonly __typename: infer Name extends string } ? Name : never;

/** Runs a mutation of a client, and answers whatever it comes to. */
export async function act<O extends TypedOperation<object, never>>(door: Door, asker: Asker, operation: O, input: InputOf<O>): Promise<OutcomeOf<O>> {
  const data = await runOperation(door, asker, operation, { input } as VariablesOf<O>);
  const [outcome] = Object.values(data as Readonly<Record<string, OutcomeOf<O>>>);
  if (!outcome) throw new Error(`${operation.name} answered nothing.`);
  return outcome;
}

/** The same where anything but this member would be a surprise. */
export async function obtain<O extends TypedOperation<object, never>, M extends MemberOf<O>>(door: Door, asker: Asker, operation: O, input: InputOf<O>, member: M): Promise<Extract<OutcomeOf<O>, { readonly __typename: M }>> {
  const outcome = await act(door, asker, operation, input) as { readonly __typename: string };
  if (outcome.__typename !== member) throw new Error(`${operation.name} came to ${JSON.stringify(outcome)}`);
  return outcome as Extract<OutcomeOf<O>, { readonly __typename: M }>;
}
