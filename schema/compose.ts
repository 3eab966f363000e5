import { composeServices, type CompositionSuccess } from '@apollo/composition';
import { lexicographicSortSchema, parse, printSchema } from 'graphql';

/** A subgraph's name and its SDL, as the kit printed it. */
export interface SubgraphSdl {
  readonly name: string;
  readonly sdl: string;
}

/** What all subgraphs make together, or why they cannot. */
export type Composition =
  | { readonly ok: true; readonly supergraph: string; readonly api: string; readonly hints: readonly string[] }
  | { readonly ok: false; readonly errors: readonly string[] };

/** Composes in the order of names, so that the order of the list changes nothing. Hints are those of any level. */
export function compose(subgraphs: readonly SubgraphSdl[]): Composition {
  const services = [...subgraphs].sort(byName).map(({ name, sdl }) => ({ name, url: addressOf(name), typeDefs: parse(sdl) }));
  const result = composeServices(services);
  if (result.errors) return { ok: false, errors: result.errors.map((error) => `${String(error.extensions['code'] ?? 'INVALID')}: ${oneLine(error.message)}`) };
  return {
    ok: true,
    supergraph: result.supergraphSdl,
    api: apiOf(result),
    hints: result.hints.map((hint) => `${hint.definition.code}: ${oneLine(hint.message)}`),
  };
}

/** As {@link compose}, for a program that cannot go on without a supergraph: throws a sentence that names every error. */
export function composeSubgraphs(subgraphs: readonly SubgraphSdl[]): { readonly supergraphSdl: string; readonly apiSdl: string } {
  const made = compose(subgraphs);
  if (!made.ok) throw new Error(`The subgraphs ${subgraphs.map(({ name }) => name).join(', ')} do not compose: ${made.errors.join('; ')}`);
  return { supergraphSdl: made.supergraph, apiSdl: made.api };
}

/**
 * Where the supergraph says a subgraph is, when nobody says otherwise. `.internal` belongs to private networks, so it is
 * nobody's by accident; deployments name the service so, or set the address in the gateway's environment.
 */
function addressOf(name: string): string {
  return `http://${name}.haat.internal:4001/graphql`;
}

function apiOf(result: CompositionSuccess): string {
  return printSchema(lexicographicSortSchema(result.schema.toAPISchema().toGraphQLJSSchema()));
}

function byName(a: SubgraphSdl, b: SubgraphSdl): number {
  return a.name < b.name ? -1 : 1;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
