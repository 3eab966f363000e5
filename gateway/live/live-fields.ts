import { readLive, type LiveField } from '@haat/kit/live-field';
import { Kind, parse, type FieldDefinitionNode } from 'graphql';

/** The live fields that a supergraph declares, by name. Throws when a declaration cannot be read. */
export function liveFieldsOf(supergraph: string): ReadonlyMap<string, LiveField> {
  // Most of a large text is about something else; it is parsed once more only where it has to be.
  if (!supergraph.includes('@live(')) return new Map();
  const fields = parse(supergraph, { noLocation: true }).definitions.flatMap((definition): readonly FieldDefinitionNode[] =>
    (definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Subscription' ? (definition.fields ?? []) : []));
  return new Map(fields.flatMap((field) => {
    const live = readLive(field);
    return live ? [[field.name.value, live] as const] : [];
  }));
}
