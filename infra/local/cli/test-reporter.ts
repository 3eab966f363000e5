import { relative } from 'node:path';
import type { SerializedError } from 'vitest';
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';
import { failureText } from './failure-text.js';
import { sourceOf } from './test-files.js';
import type { TestOutcome } from './test-totals.js';

const CONSOLE_LINES_MAX = 60;

/** How long one file took, from its load to its last hook. */
export interface FileTime {
  readonly file: string;
  readonly tests: number;
  readonly ms: number;
}

/** Prints one line per file as it ends, keeps what failed for the end, and remembers every outcome. */
export class TestReporter implements Reporter {
  readonly outcomes: TestOutcome[] = [];
  readonly times: FileTime[] = [];
  /** One text per failure, tests and all others. */
  readonly failures: string[] = [];
  /** Failures that belong to no single test. */
  otherFailures = 0;
  private readonly consoleOf = new Map<string, string[]>();

  constructor(private readonly checkout: string) {}

  onUserConsoleLog({ taskId, content }: { taskId?: string; content: string }): void {
    const kept = this.consoleOf.get(taskId ?? '') ?? [];
    this.consoleOf.set(taskId ?? '', [...kept, ...content.trimEnd().split('\n')].slice(-CONSOLE_LINES_MAX));
  }

  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    if (state === 'pending') return;
    this.outcomes.push({ file: this.fileOf(test.module), title: test.name, state });
    if (state === 'failed') this.fail(`${this.fileOf(test.module)} > ${test.fullName}`, errors ?? [], test.id);
  }

  onTestSuiteResult(suite: TestSuite): void {
    this.failOutsideTests(`${this.fileOf(suite.module)} > ${suite.fullName}`, suite.errors(), suite.id);
  }

  onTestModuleEnd(module: TestModule): void {
    const file = this.fileOf(module);
    this.failOutsideTests(file, module.errors(), module.id);
    const { collectDuration, setupDuration, duration } = module.diagnostic();
    const time: FileTime = { file, tests: [...module.children.allTests()].length, ms: collectDuration + setupDuration + duration };
    this.times.push(time);
    console.log(`${module.ok() ? 'ok  ' : 'FAIL'} ${file} (${time.tests}) ${(time.ms / 1000).toFixed(2)} s`);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    for (const module of modules) {
      if (module.state() === 'pending' || module.state() === 'queued') this.failOutsideTests(this.fileOf(module), [{ message: 'Its process ended before its tests did.' }], module.id);
    }
    for (const error of unhandled) this.failOutsideTests('outside of any test', [error], '');
  }

  private failOutsideTests(title: string, errors: readonly SerializedError[], id: string): void {
    this.otherFailures += errors.length;
    if (errors.length > 0) this.fail(title, errors, id);
  }

  private fail(title: string, errors: readonly SerializedError[], id: string): void {
    const texts = errors.map((error) => failureText(error, this.checkout));
    const printed = (this.consoleOf.get(id) ?? []).map((line) => `  | ${line}`);
    this.failures.push([`FAIL ${title}`, ...texts, ...printed].join('\n'));
  }

  private fileOf(module: TestModule): string {
    return sourceOf(relative(this.checkout, module.moduleId));
  }
}
