import type { DataOf, TypedOperation, VariablesOf } from '@haat/schema/clients/typed-operation';
import { dataOf, type Answer, type Asker, type Door } from './graph.js';

/** Runs an operation of a client by its id, as the client would in production. */
export async function tryOperation<O extends TypedOperation<unknown, never>>(door: Door, asker: Asker, operation: O, variables: VariablesOf<O>): Promise<Answer<DataOf<O>>> {
  const headers = { 'content-type': 'application/json', host: `${asker.tenant}.localhost`, 'x-haat-operations': 'known', ...(asker.token ? { authorization: `Bearer ${asker.token}` } : {}), ...asker.headers };
  const { status, text } = await door.fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ id: operation.id, operationName: operation.name, variables }) });
  return { status, text, ...(JSON.parse(text) as Omit<Answer<DataOf<O>>, 'status' | 'text'>) };
}

/** The same where an error would be a surprise. */
export async function runOperation<O extends TypedOperation<unknown, never>>(door: Door, asker: Asker, operation: O, variables: VariablesOf<O>): Promise<DataOf<O>> {
  return dataOf(await tryOperation(door, asker, operation, variables));
}
