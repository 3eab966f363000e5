import type { Filter } from 'mongodb';
import { invariant } from '@haat/kit/invariant';
import type { CollectionDefinition } from './define-collection.js';
import type { RawDocument } from './mongo-raw.js';
import { badInput } from '@haat/kit/refusal';

/** A value a filter compares with. Objects are none: what a client sends can never become an operator. */
export type Scalar = string | number | boolean | Date | null;

/** What a field must be, other than equal to a value. Made here only; no JSON is one. */
export class Condition {
  constructor(readonly operator: '$gt' | '$gte' | '$lt' | '$lte' | '$ne' | '$in' | '$all' | '$exists', readonly value: Scalar | readonly Scalar[]) {}
}

/** Which documents: every field named must match. Several conditions on one field all hold. Dotted names reach inside. */
export type Where<T> = Readonly<Partial<Record<(keyof T & string) | '_id' | 'version' | 'createdAt' | 'updatedAt' | `${keyof T & string}.${string}`, Scalar | Condition | readonly Condition[]>>>;

/** Greater than a value. */
export const above = (value: Scalar): Condition => new Condition('$gt', value);
/** A value or greater. */
export const atLeast = (value: Scalar): Condition => new Condition('$gte', value);
/** Less than a value. */
export const below = (value: Scalar): Condition => new Condition('$lt', value);
/** A value or less. */
export const atMost = (value: Scalar): Condition => new Condition('$lte', value);
/** Anything but a value; also where the field is missing. */
export const not = (value: Scalar): Condition => new Condition('$ne', value);
/** One of these values. */
export const among = (values: readonly Scalar[]): Condition => new Condition('$in', values);
/** A list that has each of these values. */
export const allOf = (values: readonly Scalar[]): Condition => new Condition('$all', values);
/** Whatever the value, as long as there is one. */
export const isSet = (): Condition => new Condition('$exists', true);
/** No value at all. */
export const isNotSet = (): Condition => new Condition('$exists', false);

/**
 * A filter that sees only one tenant's documents that were not removed.
 * @throws Refusal `BAD_USER_INPUT` for a value that is an object or a list, such as `{"$gt": ""}`.
 */
export function filterOf<T extends object>(definition: CollectionDefinition<T>, tenantId: string, where: Where<T>): Filter<RawDocument> {
  const filter: Record<string, unknown> = {};
  for (const [field, want] of Object.entries(where)) {
    const first = field.split('.')[0] ?? '';
    invariant(/^\w+(\.\w+)*$/.test(field) && (definition.fields.has(first) || readable.has(field)), `${definition.name} has no field ${field} to look by.`);
    filter[field] = expressionOf(field, want as Scalar | Condition | readonly Condition[] | undefined);
  }
  return { ...filter, ...ofTenant(tenantId) };
}

/** What every filter of a tenant's documents says. */
export function ofTenant(tenantId: string): { tenantId: string; removedAt: { $exists: false } } {
  return { tenantId, removedAt: { $exists: false } };
}

const readable = new Set(['_id', 'version', 'createdAt', 'updatedAt']);

function expressionOf(field: string, want: Scalar | Condition | readonly Condition[] | undefined): Record<string, unknown> {
  // A value left undefined would be dropped by the driver, and the filter would see more than was meant.
  invariant(want !== undefined, `The filter on ${field} has no value.`);
  const conditions = Array.isArray(want) ? (want as readonly unknown[]) : [want];
  if (conditions.length === 1 && !(conditions[0] instanceof Condition) && !Array.isArray(want)) return { $eq: scalar(field, want) };
  const expressions = conditions.map((condition) => {
    if (!(condition instanceof Condition)) throw notScalar(field);
    const { operator, value } = condition;
    return [operator, Array.isArray(value) ? value.map((v) => scalar(field, v)) : scalar(field, value)] as const;
  });
  return Object.fromEntries(expressions);
}

/** The value itself, when it is one that can only be data. */
export function scalar(field: string, value: unknown): Scalar {
  if (value === null || value instanceof Date || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw notScalar(field);
}

function notScalar(field: string): Error {
  return badInput([{ path: field.split('.'), message: 'expected a plain value, and something else came' }]);
}
