import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** What takes longest, first: begun last, it would keep one core waiting for the other. */
const longFirst = ['failures/crashes', 'contracts/walls', 'failures/mutations', 'full/', 'journeys/one-down', 'browser/', 'journeys/two-gateways', 'journeys/reads', 'contracts/', 'journeys/', 'simulation/'];

class LongestFirst extends BaseSequencer {
  async sort(specifications) {
    const rankOf = ({ moduleId }) => {
      const rank = longFirst.findIndex((part) => moduleId.includes(`/test/dist/${part}`));
      return rank < 0 ? longFirst.length : rank;
    };
    return (await super.sort(specifications)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

// Tests run as compiled, by Node's own loader: what is tested is what runs, and there is one `graphql`, one kit.
export default defineConfig({
  test: {
    include: ['{gateway,schema,test,infra/local,subgraphs/*,clients/*}/dist/**/*.test.js'],
    exclude: ['**/node_modules/**'],
    experimental: { viteModuleRunner: false, nodeLoader: false },
    pool: 'forks',
    // Files share a process, which has loaded everything: to load it anew for each took as long as half of the tests.
    isolate: false,
    // One less than the cores is what is usual, and one alone on two: tests wait for servers more than they compute.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    execArgv: ['--enable-source-maps'],
    allowOnly: false,
    sequence: { sequencer: LongestFirst },
    // Ceilings for a machine that is busy with something else; no test waits for them otherwise.
    testTimeout: 90_000,
    hookTimeout: 240_000,
  },
});
