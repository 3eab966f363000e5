import { parseArgs } from 'node:util';
import { failWithSentence } from './cli/fail-with-sentence.js';
import { root } from './cli/root.js';
import { runTests } from './cli/run-tests.js';

const { values, positionals } = parseTestArgs();
runTests({ checkout: root, words: positionals, titlePattern: values.title, env: process.env }).then(
  (code) => process.exit(code),
  (error: unknown) => failWithSentence(error),
);

function parseTestArgs() {
  try {
    return parseArgs({ options: { title: { type: 'string', short: 't' } }, allowPositionals: true });
  } catch {
    return failWithSentence(new Error('Usage: npm test [-- <part of a path>…] [-t <part of a title>].'));
  }
}
