import { z } from 'zod';
import { invariant } from '@haat/kit/invariant';

/** An index as a subgraph declares it. The tenant is always its first key, put there by the kit. */
export interface IndexDeclaration {
  /** Its name for ever, and what `{ duplicate }` says; camelCase. A changed index takes a new name. */
  readonly name: string;
  /** Fields, dotted for nested ones, and 1 for ascending, -1 for descending. */
  readonly keys: Readonly<Record<string, 1 | -1>>;
  /** Unique within the tenant. Where many race for one key, compose it into `_id` instead: those races are clean. */
  readonly unique?: boolean;
  /** Takes in only documents that have this field: for a unique key that may be absent. */
  readonly whenSet?: string;
}

/** What a subgraph keeps in one collection: made by {@link defineCollection}. */
export interface CollectionDefinition<T extends object = object> {
  readonly name: string;
  /** Refuses what the schema does not name. */
  readonly incoming: z.ZodType<T>;
  /** Drops what the schema does not name, so that an older program reads a newer document. */
  readonly outgoing: z.ZodType<T>;
  readonly fields: ReadonlySet<string>;
  readonly indexes: readonly IndexDeclaration[];
  readonly due: readonly string[];
}

/** What the kit keeps beside the subgraph's own fields, and what a verb sees of it. */
export interface KeptFacts {
  /** The prefixed id, or a composed key such as `<tenant id>:<slug>`; unique over all tenants. */
  readonly _id: string;
  readonly tenantId: string;
  /** 1 when inserted, one more with each change. */
  readonly version: number;
  readonly createdAt: Date;
  /** Later than before with each change, also when the clock went back. */
  readonly updatedAt: Date;
}

/** A document as it is read. */
export type Stored<T> = T & KeptFacts;

/** Names a document has from the kit; a schema may not use them. */
export const kitFields: ReadonlySet<string> = new Set(['_id', 'tenantId', 'version', 'createdAt', 'updatedAt', 'outbox', 'outboxAt', 'applied', 'once', 'removedAt']);

/** The kit's own collections. */
export const kitCollections = ['outbox', 'inbox', 'dead_letters', 'leases', 'streams', 'answers'] as const;

/**
 * Declares a collection. The schema names the subgraph's own fields, without transforms, since it parses both ways; a
 * field that may be absent is optional, never null. `due` names the times by which `sweepDue` may look across tenants.
 * @throws InvariantViolation when an index has an option that one of the servers lacks, or names a field there is none of.
 */
export function defineCollection<S extends z.ZodObject>(definition: { readonly name: string; readonly schema: S; readonly indexes?: readonly IndexDeclaration[]; readonly due?: readonly string[] }): CollectionDefinition<z.output<S>> {
  const { name, schema, indexes = [], due = [] } = definition;
  const fields = new Set(Object.keys(schema.shape));
  invariant(/^[a-z][a-z_]*$/.test(name) && !kitCollections.includes(name as never), `A collection cannot be called ${name}.`);
  for (const field of fields) invariant(/^[A-Za-z]\w*$/.test(field) && !kitFields.has(field), `${name} cannot have a field called ${field}.`);
  for (const index of indexes) checkIndex(name, fields, index);
  for (const field of due) invariant(fields.has(field), `${name} is due by ${field}, which its schema does not have.`);
  // Zod cannot follow that strict and strip keep the output's type.
  return { name, fields, indexes, due, incoming: schema.strict() as unknown as z.ZodType<z.output<S>>, outgoing: schema.strip() as unknown as z.ZodType<z.output<S>> };
}

/** Everything an index may say. Collation, hidden, sparse with a tenant in front, text and partial `$exists: false` differ between the servers. */
const indexSchema = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]*$/).refine((name) => !name.startsWith('kit')),
  keys: z.record(z.string(), z.union([z.literal(1), z.literal(-1)])),
  unique: z.boolean().optional(),
  whenSet: z.string().optional(),
});

function checkIndex(collection: string, fields: ReadonlySet<string>, index: IndexDeclaration): void {
  const parsed = indexSchema.safeParse(index);
  invariant(parsed.success, `Index ${index.name} of ${collection} is not one that every server has: ${parsed.error?.message}`);
  const keys = [...Object.keys(index.keys), ...(index.whenSet === undefined ? [] : [index.whenSet])];
  invariant(Object.keys(index.keys).length > 0, `Index ${index.name} of ${collection} has no key.`);
  for (const key of keys) {
    const field = key.split('.')[0] ?? '';
    invariant(fields.has(field) || (field !== 'tenantId' && ['_id', 'createdAt', 'updatedAt'].includes(field)), `Index ${index.name} of ${collection} names ${key}, which its schema does not have.`);
  }
}
