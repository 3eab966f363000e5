import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationsFolder, textsIn } from './register.js';

describe('the operations of the example', () => {
  it('are ones that the API answers', async () => {
    const api = buildSchema(await readFile(join(operationsFolder, '../../../../schema/api.graphql'), 'utf8'));
    const problems = (await textsIn(operationsFolder)).flatMap((text) => validate(api, parse(text)).map(({ message }) => message));
    expect(problems).toEqual([]);
  });
});
