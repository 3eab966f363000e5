import { Kind, parse, print, type DefinitionNode, type FieldDefinitionNode } from 'graphql';
import type { SubgraphSdl } from './compose.js';

/**
 * The live fields that composition lost, wholly or in part, one line each. Composition drops a directive silently
 * when one subgraph forgets to compose it or declares it otherwise than the rest.
 */
export function lostLiveFields(subgraphs: readonly SubgraphSdl[], supergraph: string): string[] {
  const kept = liveFieldsOf(supergraph);
  return subgraphs.flatMap(({ name, sdl }) => [...liveFieldsOf(sdl)].flatMap(([field, declared]) => {
    const found = kept.get(field);
    if (found === declared) return [];
    return [found === undefined ? `${name}: ${field} has lost its @live in the supergraph` : `${name}: ${field} says ${declared}, the supergraph ${found}`];
  }));
}

/** Field name to its @live as text, with arguments in the order of their names. */
function liveFieldsOf(sdl: string): Map<string, string> {
  const fields = parse(sdl, { noLocation: true }).definitions.flatMap(subscriptionFields);
  return new Map(fields.flatMap((field) => liveOf(field).map((text) => [`Subscription.${field.name.value}`, text] as const)));
}

function subscriptionFields(definition: DefinitionNode): readonly FieldDefinitionNode[] {
  const isType = definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
  return isType && definition.name.value === 'Subscription' ? (definition.fields ?? []) : [];
}

function liveOf(field: FieldDefinitionNode): string[] {
  const live = (field.directives ?? []).filter((directive) => directive.name.value === 'live');
  return live.map((directive) => print({ ...directive, arguments: [...(directive.arguments ?? [])].sort((a, b) => (a.name.value < b.name.value ? -1 : 1)) }));
}
