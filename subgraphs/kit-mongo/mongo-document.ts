import { invariant } from '@haat/kit/invariant';
import { kitFields, type CollectionDefinition, type Stored } from './define-collection.js';
import type { RawDocument } from './mongo-raw.js';

/** A document as verbs see it. Throws when it is not what the schema says: then a program wrote it that should not have. */
export function readDocument<T extends object>(definition: CollectionDefinition<T>, raw: RawDocument): Stored<T> {
  const parsed = definition.outgoing.safeParse(raw);
  invariant(parsed.success, `${definition.name} ${raw._id} is stored in a way its schema does not allow: ${parsed.error?.message}`);
  const { _id, tenantId, version, createdAt, updatedAt } = raw;
  return { ...parsed.data, _id, tenantId, version, createdAt, updatedAt };
}

/** The subgraph's own fields of a document that is about to be written, as its schema allows them; absent ones left out. */
export function ownFields<T extends object>(definition: CollectionDefinition<T>, document: T, owner: { readonly _id: string; readonly tenantId: string }): Record<string, unknown> {
  const given = Object.entries(document).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    const isMoved = (name === '_id' && value !== owner._id) || (name === 'tenantId' && value !== owner.tenantId);
    invariant(!isMoved, `A write cannot change ${name} of ${definition.name} ${owner._id}.`);
  }
  const parsed = definition.incoming.safeParse(Object.fromEntries(given.filter(([name]) => !kitFields.has(name))));
  invariant(parsed.success, `${definition.name} ${owner._id} cannot be written: ${parsed.error?.message}`);
  return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined));
}
