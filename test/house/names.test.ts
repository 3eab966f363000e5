import { describe, expect, it } from 'vitest';
import { expectNone } from './finding.js';
import { badExports, badPath, isOurName } from './names.js';
import { projectFiles, sourceOf, sources } from './sources.js';

describe('names', () => {
  it('of files are kebab-case and say something; there is no src/ and no barrel', () => expectNone(projectFiles().filter(isOurName).flatMap(badPath)));

  it('that are exported say something', () => expectNone(sources('.ts', '.mjs').flatMap(badExports)));

  it('are found when bad', () => {
    const bad = ['gateway/orderState.ts', 'gateway/order-utils.ts', 'schema/index.ts', 'gateway/src/a.ts', 'subgraphs/kit/base-row.ts'];
    expect(bad.flatMap(badPath)).toEqual([
      'gateway/orderState.ts:1: orderState.ts is not kebab-case',
      'gateway/order-utils.ts:1: "utils" says nothing',
      'schema/index.ts:1: no barrels; import the file that has it',
      'gateway/src/a.ts:1: a package is its source; no src/',
      'subgraphs/kit/base-row.ts:1: "base" says nothing',
    ]);
    expect(badExports(sourceOf('a.ts', 'export class OrderManager {}\nexport const database = 1;'))).toEqual(['a.ts:1: "manager" in OrderManager says nothing']);
  });
});
