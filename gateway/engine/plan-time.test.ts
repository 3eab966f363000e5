import { describe, expect, it } from 'vitest';
import { fixtureSharers } from '../testing/fixture-shop.js';
import { startFixtureGateway } from '../testing/fixture-gateway.js';

/** How long planning may keep everybody else waiting, in milliseconds: tests share their machine, so this is lavish. */
const planMsMax = 1_500;

/** Each level could be asked of any subgraph, and needs something that only some have. */
const ambiguous = (levels: number): string => (levels === 0 ? 'f0 f1 own0 own1 own2' : `f0 f1 own0 own5 r0 { ${ambiguous(levels - 1)} } r1 { f3 own1 own2 r2 { f1 own0 own1 } }`);

describe('an operation with very many plans', () => {
  it('is planned within a bounded time', async () => {
    const gateway = await startFixtureGateway({ definitions: fixtureSharers(6, 12) });
    await gateway.ask('{ item { f0 } }');
    for (const levels of [1, 4, 8]) {
      const startedAt = performance.now();
      const { status } = await gateway.ask(`{ item { ${ambiguous(levels)} } }`);
      expect([200, 400]).toContain(status);
      expect(performance.now() - startedAt).toBeLessThan(planMsMax);
    }
    await gateway.close();
  });
});
