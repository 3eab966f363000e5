import { describe, expect, it } from 'vitest';
import { isWanted, needsServers, sourceOf } from './test-files.js';

describe('test files', () => {
  it('names a compiled test by its source', () => {
    expect(sourceOf('subgraphs/kit/dist/outbox.db.test.js')).toBe('subgraphs/kit/outbox.db.test.ts');
    expect(sourceOf('test/dist/journeys/open-a-tenant.test.js')).toBe('test/journeys/open-a-tenant.test.ts');
  });

  it('takes every file when no word is given', () => {
    expect(isWanted('gateway/http.test.ts', [])).toBe(true);
  });

  it('takes a file by any of the words, typed as source or as compiled path', () => {
    const source = 'subgraphs/kit/outbox.db.test.ts';
    for (const word of ['outbox', 'subgraphs/kit', './subgraphs/kit/outbox.db.test.ts', 'subgraphs/kit/dist/outbox.db.test.js']) {
      expect(isWanted(source, ['nothing-like-it', word])).toBe(true);
    }
    expect(isWanted(source, ['gateway'])).toBe(false);
  });

  it('starts servers for database tests, journeys and contracts only', () => {
    expect(needsServers('subgraphs/kit/outbox.db.test.ts')).toBe(true);
    expect(needsServers('test/journeys/open-a-tenant.test.ts')).toBe(true);
    expect(needsServers('test/house/tidy.test.ts')).toBe(false);
    expect(needsServers('subgraphs/kit/money.test.ts')).toBe(false);
  });
});
