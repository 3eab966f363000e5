import type { Finding } from './finding.js';
import { fileOf, importsOf, isInside } from './imports.js';
import type { Source } from './sources.js';

/** Files of one package that import each other in a ring when they are loaded, each ring once. */
export function importCycles(all: readonly Source[]): Finding[] {
  const edges = new Map(all.map((source) => [source.path, loadedBy(source)]));
  const done = new Set<string>();
  const found = new Map<string, Finding>();
  for (const path of edges.keys()) visit(path, []);
  return [...found.values()];

  function visit(path: string, way: readonly string[]): void {
    const seenAt = way.indexOf(path);
    if (seenAt >= 0) return void keep([...way.slice(seenAt), path]);
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...way, path]);
    done.add(path);
  }

  function keep(ring: readonly string[]): void {
    const key = [...new Set(ring)].sort().join(' ');
    found.set(key, `${ring[0]}:1: imports itself by ${ring.slice(1).join(', ')}`);
  }
}

/** Types are gone when the file is loaded, so they make no ring. */
function loadedBy(source: Source): string[] {
  const files = importsOf(source).filter(({ isTypeOnly }) => !isTypeOnly).map(({ specifier }) => fileOf(source, specifier));
  return files.filter((file): file is string => file !== undefined && isInside(source, file));
}
