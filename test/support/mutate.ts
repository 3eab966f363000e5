import { dataOf, type Answer, type Asker, type Door } from './graph.js';

/** What a mutation came to: which member of its union, and the fields that were asked for. */
export interface Outcome extends Record<string, unknown> {
  readonly __typename: string;
}

/** Runs one mutation with its one input, and answers whatever comes. `select` is what is asked of the union's members. */
export function tryMutate(door: Door, asker: Asker, field: string, input: Record<string, unknown> | undefined, select = ''): Promise<Answer<Record<string, Outcome>>> {
  const name = `${field[0]?.toUpperCase()}${field.slice(1)}`;
  const members = `{ __typename ${select} }`;
  const document = input ? `mutation ${name}($input: ${name}Input!) { ${field}(input: $input) ${members} }` : `mutation ${name} { ${field} ${members} }`;
  return door.ask(asker, document, input ? { input } : {});
}

/** The same where an error would be a surprise. */
export async function mutate(door: Door, asker: Asker, field: string, input?: Record<string, unknown>, select = ''): Promise<Outcome> {
  const outcome = dataOf(await tryMutate(door, asker, field, input, select))[field];
  if (!outcome) throw new Error(`${field} answered nothing.`);
  return outcome;
}
