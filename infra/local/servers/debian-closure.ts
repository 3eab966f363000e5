/** What is asked of Debian: packages by name, and what their dependencies bring that is not needed to run them. */
export interface DebianWish {
  packages: readonly string[];
  unneeded: readonly RegExp[];
}

/**
 * The packages that a wish needs, each name once: the wish's own and their dependencies within `planned`, apt's solution of the whole;
 * nothing is followed through an unneeded package, so libraries that only it needs stay away as well.
 * Library names change with their versions, which is why they are found rather than listed.
 *
 * @param index stanzas as `apt-cache show` prints them.
 */
export function neededPackages(wish: DebianWish, planned: ReadonlySet<string>, index: string): string[] {
  const { dependencies, providers } = readIndex(index);
  const needed = new Set<string>();
  const waiting = [...wish.packages];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const found = planned.has(name) ? name : providers.get(name);
    if (found === undefined || needed.has(found) || wish.unneeded.some((pattern) => pattern.test(found))) continue;
    needed.add(found);
    waiting.push(...(dependencies.get(found) ?? []));
  }
  return [...needed].sort();
}

function readIndex(index: string): { dependencies: Map<string, string[]>; providers: Map<string, string> } {
  const dependencies = new Map<string, string[]>();
  const providers = new Map<string, string>();
  for (const stanza of index.split(/\n\s*\n/)) {
    const [name] = relation(stanza, 'Package');
    if (name === undefined) continue;
    dependencies.set(name, [...relation(stanza, 'Pre-Depends'), ...relation(stanza, 'Depends')]);
    for (const provided of relation(stanza, 'Provides')) providers.set(provided, name);
  }
  return { dependencies, providers };
}

/** Names in a relationship field; alternatives count as names, since only planned ones are taken. */
function relation(stanza: string, field: string): string[] {
  const line = new RegExp(`^${field}: (.*)$`, 'm').exec(stanza)?.[1] ?? '';
  return line.split(/[,|]/).map((part) => part.trim().split(/[\s(:]/)[0] ?? '').filter(Boolean);
}
