import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RegisterOperations, type RegisterOperationsMutation } from '../generated/operations.js';
import { idOf, type PartnerDoor } from './door.js';

/** The ids of the program's operations, by name. */
export type OperationIds = ReadonlyMap<string, string>;

/** Where the program's operations stand: one `.graphql` file each, read from the sources. */
export const operationsFolder = join(import.meta.dirname, '../../erp/operations');

/** The texts of a folder's operations. */
export async function textsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
}

/**
 * Registers the program's operations, as each new release of it does once. Throws a sentence when one is not accepted, or
 * waits for the operator of the marketplace.
 */
export async function register(door: PartnerDoor, folder: string = operationsFolder): Promise<OperationIds> {
  const texts = await textsIn(folder);
  const { registerOperations } = await door.run<RegisterOperationsMutation>(RegisterOperations.id, { input: { texts } }, RegisterOperations.name);
  if (registerOperations.__typename !== 'RegisterOperationsSucceeded') throw new Error(refusal(registerOperations));
  const waiting = registerOperations.operations.filter(({ status }) => status !== 'APPROVED');
  if (waiting.length > 0) throw new Error(`The operator has yet to approve ${waiting.map(({ name, status, pointsMax }) => `${name} (${status}, up to ${pointsMax} points)`).join(', ')}.`);
  return new Map(registerOperations.operations.map(({ name }, at) => [name, idOf(texts[at] ?? '')]));
}

/** The id of an operation of the program. Throws when it was not registered. */
export function idIn(ids: OperationIds, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The operation ${name} is not among those registered.`);
  return id;
}

function refusal(outcome: Exclude<RegisterOperationsMutation['registerOperations'], { readonly __typename: 'RegisterOperationsSucceeded' }>): string {
  const faults = 'faults' in outcome ? outcome.faults.flatMap(({ name, problems }) => problems.map((problem) => `${name ?? 'one'}: ${problem}`)) : [];
  return [outcome.message, ...faults].join('\n');
}
