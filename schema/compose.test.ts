import { describe, expect, it } from 'vitest';
import { compose, composeSubgraphs } from './compose.js';
import { federation } from './testing/fixtures.js';

const mugs = federation('mugs', 'type Query { mug(id: ID!): Mug } type Mug @key(fields: "id") { id: ID! name: String }');
const prices = federation('prices', 'type Mug @key(fields: "id") { id: ID! price: Int }');

describe('composing subgraphs', () => {
  it('makes one supergraph and one API, whatever the order of the list', () => {
    const made = compose([mugs, prices]);
    expect(made).toEqual(compose([prices, mugs]));
    expect(made).toMatchObject({ ok: true, hints: [] });
    expect(made.ok && made.supergraph).toContain('@join__graph(name: "prices", url: "http://prices.haat.internal:4001/graphql")');
    expect(made.ok && made.api).toBe('type Mug {\n  id: ID!\n  name: String\n  price: Int\n}\n\ntype Query {\n  mug(id: ID!): Mug\n}');
  });

  it('names what does not compose', () => {
    const other = federation('prices', 'type Mug @key(fields: "id") { id: ID! name: String }');
    expect(compose([mugs, other])).toMatchObject({ ok: false, errors: [expect.stringMatching(/^INVALID_FIELD_SHARING: .*Mug\.name/)] });
    expect(() => composeSubgraphs([mugs, other])).toThrow(/^The subgraphs mugs, prices do not compose: INVALID_FIELD_SHARING/);
  });

  it('gives a hint for an input that loses a field, and for an enum that differs', () => {
    const one = federation('one', 'type Query { a(by: By, in: Size): Int @shareable } input By { id: ID name: String } enum Size { S M }');
    const two = federation('two', 'type Query { a(by: By, in: Size): Int @shareable } input By { id: ID } enum Size { S M L }');
    const made = compose([one, two]);
    expect(made.ok && made.hints.map((hint) => hint.split(':')[0])).toEqual(expect.arrayContaining(['INCONSISTENT_INPUT_OBJECT_FIELD', 'INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM']));
  });
});
