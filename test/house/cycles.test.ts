import { describe, expect, it } from 'vitest';
import { importCycles } from './cycles.js';
import { expectNone } from './finding.js';
import { sourceOf, sources } from './sources.js';

describe('files of a package', () => {
  it('do not import each other in a ring', () => expectNone(importCycles(sources('.ts', '.mjs'))));

  it('are found when they do, whatever the length of the ring, and types make none', () => {
    const importing = (path: string, from: string) => sourceOf(path, `import { x } from './${from}.js';`);
    expect(importCycles([importing('schema/a.ts', 'b'), importing('schema/b.ts', 'c'), importing('schema/c.ts', 'a')])).toEqual(['schema/a.ts:1: imports itself by schema/b.ts, schema/c.ts, schema/a.ts']);
    expect(importCycles([importing('schema/a.ts', 'b'), sourceOf('schema/b.ts', "import type { X } from './a.js';")])).toEqual([]);
  });
});
