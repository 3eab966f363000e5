import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { startVitest } from 'vitest/node';
import { knownRows } from './known-rows.js';
import { killTools } from './kill-tools.js';
import { killLeftBehind, RUN_MARK } from './left-behind.js';
import { rememberSignals } from './own-signals.js';
import { printProgress } from './progress.js';
import { provedRows } from './proved-rows.js';
import { Running } from './running.js';
import { listenForStop, type StopRequest } from './stop-request.js';
import { needsServers, testFiles, type TestFile } from './test-files.js';
import { TestReporter, type FileTime } from './test-reporter.js';
import { startTestServers } from './test-servers.js';
import { exitCodeOf, totalsLine, totalsOf } from './test-totals.js';

const SLOWEST_MAX = 10;
const INTERRUPTED = 130;
const COMMAND_SHOWN_MAX = 200;

/** What to run, and where. */
export interface TestRun {
  readonly checkout: string;
  /** Parts of source paths; none means every test. */
  readonly words: readonly string[];
  /** Regular expression over titles. */
  readonly titlePattern?: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs tests on servers of their own, prints what failed, the proved rows and the totals, and answers the exit code. */
export async function runTests(run: TestRun): Promise<number> {
  const files = await testFiles(run.checkout, run.words);
  const reporter = new TestReporter(run.checkout);
  const mark = randomUUID();
  process.env[RUN_MARK] = mark;
  const stop = listenForStop();
  if (files.length > 0) await runOnServers(run, files, { reporter, stop });
  else console.error(`There is no test whose path contains ${run.words.join(' or ') || 'anything'}.`);
  const leftBehind = await killLeftBehind(mark);
  if (stop.isMade()) return INTERRUPTED;
  for (const { pid, commandLine } of leftBehind) console.log(`A test left a process behind, which was killed: ${pid} ${commandLine.slice(0, COMMAND_SHOWN_MAX)}`);
  return printResult(run, reporter);
}

async function runOnServers(run: TestRun, files: readonly TestFile[], { reporter, stop }: { reporter: TestReporter; stop: StopRequest }): Promise<void> {
  const servers = new Running();
  try {
    await Promise.race([testOn(servers, run, { files, reporter }), stop.made]);
  } finally {
    // Test files that still run would only tell of the servers they lose.
    if (stop.isMade()) killTools();
    await servers.stop();
  }
}

async function testOn(servers: Running, run: TestRun, { files, reporter }: { files: readonly TestFile[]; reporter: TestReporter }): Promise<void> {
  if (files.some((file) => needsServers(file.source))) {
    const started = await servers.add('the servers', startTestServers({ ...run, progress: printProgress() }));
    // Through our own environment, because it is the one that vitest's processes inherit.
    Object.assign(process.env, started.env);
  }
  await runVitest(run, files, reporter);
}

async function runVitest(run: TestRun, files: readonly TestFile[], reporter: TestReporter): Promise<void> {
  const removeForeignListeners = rememberSignals();
  const vitest = await startVitest(
    files.map((file) => file.compiled),
    { root: run.checkout, watch: false, run: true, reporters: [reporter, { onInit: removeForeignListeners }], maxWorkers: availableParallelism(), testNamePattern: run.titlePattern },
  );
  await vitest.close();
  // Ours says more; vitest sets it for the same reasons.
  process.exitCode = 0;
}

async function printResult(run: TestRun, reporter: TestReporter): Promise<number> {
  const totals = totalsOf(reporter.outcomes, reporter.otherFailures);
  for (const failure of reporter.failures) console.log(`\n${failure}`);
  if (run.env['HAAT_TEST_TIMES'] === '1') printTimes(reporter.times);
  const known = await knownRows(run.checkout);
  console.log('');
  if (known) console.log(`feature rows proved: ${provedRows(reporter.outcomes, known).size} of ${known.size}`);
  console.log(totalsLine(totals));
  return exitCodeOf(totals);
}

function printTimes(times: readonly FileTime[]): void {
  console.log('\nslowest files');
  const slowest = [...times].sort((a, b) => b.ms - a.ms).slice(0, SLOWEST_MAX);
  for (const { file, tests, ms } of slowest) console.log(`${(ms / 1000).toFixed(2).padStart(8)} s  ${file} (${tests})`);
}
