import type { SubgraphDefinition } from '@haat/kit/define';
import { buildFederatedSchema } from '@haat/kit/schema';
import type { SubgraphSdl } from '@haat/schema/compose';

/** The SDL of each subgraph, as its classes make it. Starts nothing and connects to nothing. */
export function sdlOf(subgraphs: readonly SubgraphDefinition[]): SubgraphSdl[] {
  return subgraphs.map((definition) => ({ name: definition.name, sdl: buildFederatedSchema(definition).sdl }));
}
