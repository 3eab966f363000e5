import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@haat/local/cli/root';
import { expect, it } from 'vitest';
import { mutations } from './mutation.js';

// Found here in no time, where the run that needs the fault would start a marketplace only to say so.
it.each(mutations)('$name finds what it replaces, once', ({ file, from }) => {
  expect(readFileSync(join(root, 'subgraphs', file), 'utf8').split(from)).toHaveLength(2);
});
