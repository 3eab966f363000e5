import { describe, expect, it } from 'vitest';
import { breakingApiChanges } from './api-changes.js';

const api = 'type Query { mug(id: ID!): Mug } type Mug { id: ID! name: String! }';

describe('changes of the API', () => {
  it.each([
    ['a removed field', 'name: String! }', '}', 'api FIELD_REMOVED Mug.name: '],
    ['a field that may now be null', 'name: String!', 'name: String', 'api FIELD_TYPE_CHANGED Mug.name: '],
    ['a new required argument', '(id: ID!)', '(id: ID!, in: Int!)', 'api FIELD_ARGUMENT_ADDED Query.mug.in: '],
  ])('break by %s', async (_, from, to, line) => {
    expect(await breakingApiChanges(api, api.replace(from, to))).toEqual([expect.stringContaining(line)]);
  });

  it('do not break by what is added or described', async () => {
    const more = '"Mugs." type Query { mug(id: ID!, in: Int): Mug mugs: [Mug!]! } type Mug { id: ID! "What it says." name: String! price: Int }';
    expect(await breakingApiChanges(api, more)).toEqual([]);
  });
});
