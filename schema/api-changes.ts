import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

/** What breaks clients between two texts of the API, one line each: `api FIELD_REMOVED Order.total: …`. */
export async function breakingApiChanges(before: string, after: string): Promise<string[]> {
  const changes = await diff(buildSchema(before), buildSchema(after));
  const breaking = changes.filter((change) => change.criticality.level === CriticalityLevel.Breaking);
  return breaking.map((change) => `api ${change.type} ${change.path ?? 'schema'}: ${change.message}`);
}
