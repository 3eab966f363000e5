import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** One more than the cores: many tests wait for time to pass or a process to start, and a core would wait with them. */
const workers = availableParallelism() + 1;

/** About how many seconds the longest take, of those that keep a core busy; they begin in this order. */
const busy = { 'failures/crashes': 200, 'full/': 150, 'contracts/walls': 100, 'journeys/two-gateways': 70, 'browser/': 50, 'journeys/one-down': 40, 'contracts/row-security': 40, 'failures/mutations': 25, 'journeys/': 15, 'contracts/': 15, 'simulation/': 15 };

/** The same of any other file. */
const otherSeconds = 2;

/** Busy files begin first and on all workers but one, which does the many others beside them: all busy ones at once would be in each other's way. */
class BusyBesideOthers extends BaseSequencer {
  async sort(specifications) {
    const files = (await super.sort(specifications)).map((specification) => ({ specification, rank: Object.keys(busy).findIndex((part) => specification.moduleId.includes(`/test/dist/${part}`)) }));
    const queues = [files.filter(({ rank }) => rank >= 0).toSorted((one, other) => one.rank - other.rank), files.filter(({ rank }) => rank < 0)];
    const lanes = Array.from({ length: workers }, (_, n) => ({ freeAt: 0, wanted: n + 1 < workers ? 0 : 1 }));
    return files.map(() => {
      const lane = lanes.reduce((first, each) => (each.freeAt < first.freeAt ? each : first));
      const { specification, rank } = (queues[lane.wanted].shift() ?? queues[1 - lane.wanted].shift());
      lane.freeAt += Object.values(busy)[rank] ?? otherSeconds;
      return specification;
    });
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
    maxWorkers: workers,
    // Young objects die in the larger room before they are copied: a tenth of what tests compute was that.
    execArgv: ['--enable-source-maps', '--max-semi-space-size=64'],
    allowOnly: false,
    sequence: { sequencer: BusyBesideOthers },
    // Ceilings for a machine that is busy with something else; no test waits for them otherwise.
    testTimeout: 90_000,
    hookTimeout: 240_000,
  },
});
