import { matches, type Finding } from './finding.js';
import type { Source } from './sources.js';

/** Where a type is given up: in an annotation, a cast, a union, an argument of a generic or an alias. */
export function anyTypes(source: Source): Finding[] {
  return matches(source, 'code', /(?:[:<|&]|\bas\b|\bextends\b|\btype \w+ =)\s*any\b(?!\s*[(:.])|,\s*any\s*(?=[>\]])|\bany\[\]/g, () => 'any');
}

/** Where a checker is told to look away. */
export function silencedCheckers(source: Source): Finding[] {
  return matches(source, 'comments', /@ts-(?:ignore|expect-error|nocheck)|(?:eslint|oxlint|biome)-(?:disable|ignore)\S*/g, ([what]) => what);
}
