import { relative } from 'node:path';
import type { SerializedError } from 'vitest';
import type { Reporter, TestCase, TestModule } from 'vitest/node';
import { failureText } from './failure-text.js';
import { sourceOf } from './test-files.js';
import type { TestOutcome } from './test-totals.js';

const CONSOLE_LINES_MAX = 60;
const UNFINISHED: SerializedError = { message: 'Its process ended before its tests did.' };

/** How long one file took, from its load to its last hook. */
export interface FileTime {
  readonly file: string;
  readonly tests: number;
  readonly ms: number;
}

/** Prints one line per file as it ends, with what its tests annotate, and gathers every outcome when all have ended. */
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

  onTestModuleEnd(module: TestModule): void {
    const { collectDuration, setupDuration, duration } = module.diagnostic();
    const time: FileTime = { file: this.fileOf(module), tests: [...module.children.allTests()].length, ms: collectDuration + setupDuration + duration };
    this.times.push(time);
    console.log(`${module.ok() ? 'ok  ' : 'FAIL'} ${time.file} (${time.tests}) ${(time.ms / 1000).toFixed(2)} s`);
    for (const test of module.children.allTests()) for (const { message } of test.annotations()) console.log(`     ${message}`);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    for (const module of modules) this.gather(module);
    const unfinished = modules.filter((module) => module.state() === 'pending' || module.state() === 'queued');
    const crashOf = (module: TestModule) => unhandled.find(({ cause }) => cause?.message.includes(module.moduleId));
    for (const module of unfinished) this.failOutsideTests(this.fileOf(module), [crashOf(module)?.cause ?? UNFINISHED], module.id);
    const told = new Set(unfinished.map(crashOf));
    for (const error of unhandled) if (!told.has(error)) this.failOutsideTests(this.placeOf(error), [error]);
  }

  private gather(module: TestModule): void {
    const file = this.fileOf(module);
    for (const test of module.children.allTests()) this.gatherTest(file, test);
    for (const suite of module.children.allSuites()) this.failOutsideTests(`${file} > ${suite.fullName}`, suite.errors(), suite.id);
    this.failOutsideTests(file, module.errors(), module.id);
  }

  private gatherTest(file: string, test: TestCase): void {
    const { state, errors } = test.result();
    if (state === 'pending') return;
    this.outcomes.push({ file, title: test.name, state });
    if (state === 'failed') this.describe(`${file} > ${test.fullName}`, errors, test.id);
  }

  private failOutsideTests(title: string, errors: readonly SerializedError[], id = ''): void {
    this.otherFailures += errors.length;
    if (errors.length > 0) this.describe(title, errors, id);
  }

  private describe(title: string, errors: readonly SerializedError[], id: string): void {
    const texts = errors.map((error) => failureText(error, this.checkout));
    const printed = (this.consoleOf.get(id) ?? []).map((line) => `  | ${line}`);
    this.failures.push([`FAIL ${title}`, ...texts, ...printed].join('\n'));
  }

  /** Where an error nobody awaited came up: vitest names the test that ran at that moment, if any. */
  private placeOf(error: SerializedError): string {
    const { VITEST_TEST_PATH: path, VITEST_TEST_NAME: test } = error;
    if (typeof path !== 'string') return 'outside of any test';
    return `${sourceOf(relative(this.checkout, path))}, not awaited${typeof test === 'string' ? ` in > ${test}` : ''}`;
  }

  private fileOf(module: TestModule): string {
    return sourceOf(relative(this.checkout, module.moduleId));
  }
}
