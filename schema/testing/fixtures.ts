import type { SubgraphSdl } from '../compose.js';

/** A small subgraph: the federation link, and `@live` where asked for, before its text. */
export function federation(name: string, body: string, { live = false } = {}): SubgraphSdl {
  return { name, sdl: [link, ...(live ? [liveLink, liveDefinition] : []), body].join('\n') };
}

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@shareable", "@external", "@requires", "@composeDirective"])';
const liveLink = 'extend schema @link(url: "https://specs.haat.dev/live/v1.0", import: ["@live"]) @composeDirective(name: "@live")';
const liveDefinition = 'directive @live(event: String!, coalesce: Boolean = false) on FIELD_DEFINITION';
