import { getMetadataStorage } from 'type-graphql';
import type { EntityManager } from 'typeorm';
import type { ClassOf } from '@haat/kit/define';
import { Money } from '@haat/kit/money';

/**
 * An answer as it is kept: JSON in which rows, money and dates say what they are, so that they come back as such, getters
 * included. An object of any other class says its GraphQL type as `__typename`, by which `resultOf` tells the members of
 * a result apart: its fields come back, its methods do not.
 */
export function keptAnswer(answer: unknown, em: EntityManager): string {
  return JSON.stringify(encoded(answer, revivable(em))) ?? 'null';
}

/** The answer that {@link keptAnswer} wrote. */
export function revivedAnswer(kept: unknown, em: EntityManager): unknown {
  return revived(kept, revivable(em));
}

const classMark = '$class';
const dateMark = '$date';

type Revivable = ReadonlyMap<string, ClassOf>;

function revivable(em: EntityManager): Revivable {
  const rows = em.dataSource.entityMetadatas.map(({ target }) => target).filter((target) => typeof target === 'function');
  return new Map<string, ClassOf>([['Money', Money as ClassOf], ...rows.map((row) => [row.name, row as unknown as ClassOf] as const)]);
}

function encoded(value: unknown, classes: Revivable): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return { [dateMark]: value.toISOString() };
  if (Array.isArray(value)) return value.map((part) => encoded(part, classes));
  const fields = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, encoded(part, classes)]));
  const of = value.constructor as ClassOf | undefined;
  if (of === undefined || of === Object) return fields;
  return classes.get(of.name) === of ? { [classMark]: of.name, ...fields } : { __typename: typeNameOf(of), ...fields };
}

function revived(kept: unknown, classes: Revivable): unknown {
  if (typeof kept !== 'object' || kept === null) return kept;
  if (Array.isArray(kept)) return kept.map((part) => revived(part, classes));
  const { [classMark]: name, [dateMark]: date, ...rest } = kept as Record<string, unknown>;
  if (typeof date === 'string') return new Date(date);
  const fields = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, revived(part, classes)]));
  const of = typeof name === 'string' ? classes.get(name) : undefined;
  return of ? Object.assign(Object.create(of.prototype as object) as object, fields) : fields;
}

function typeNameOf(of: ClassOf): string {
  return getMetadataStorage().objectTypes.find(({ target }) => target === of)?.name ?? of.name;
}
