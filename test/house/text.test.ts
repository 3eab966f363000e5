import { describe, expect, it } from 'vitest';
import { expectNone } from './finding.js';
import { sourceOf, sources } from './sources.js';
import { banners, leftOver, machineNamed } from './text-rules.js';

const written = () => sources('.ts', '.mjs', '.js', '.sh', '.md', '.json', '.yaml', '.yml', '.graphql', '.ci/run', 'Dockerfile', '.gitignore');

describe('texts', () => {
  it('name no path of one machine and no registry', () => expectNone(written().flatMap(machineNamed)));

  it('leave no work for another day, and have no banners', () => {
    const code = sources('.ts', '.mjs');
    expectNone([...code.flatMap(leftOver), ...code.flatMap(banners)]);
  });

  it('are found when they do', () => {
    const [home, registry] = ['home', 'registry'];
    const named = [`cd /${home}/ann/haat`, `"https://${registry}.npmjs.org/zod"`, `'/${'tmp'}/x'`];
    expect(named.map((text) => machineNamed(sourceOf('a.md', text)).length)).toEqual([1, 1, 1]);
    expect(['./root/a', '/var/tmp/a', 'https://example.com/home/a', '${root}/work/x'].flatMap((text) => machineNamed(sourceOf('a.md', text)))).toEqual([]);
    const [todo, line] = ['TO' + 'DO', '-'.repeat(20)];
    expect([...leftOver(sourceOf('a.ts', `// ${todo}: more`)), ...banners(sourceOf('a.ts', `// ${line}\nf();`))]).toHaveLength(2);
  });
});
