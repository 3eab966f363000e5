import { createHash } from 'node:crypto';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { clientOperations } from './client-operations.js';

const api = buildSchema('type Query { mug(id: ID!): Mug } type Mug { id: ID! title: String! maker: Maker } type Maker { name: String! }');
const file = (name: string, text: string) => ({ path: `clients/shop/operations/${name}.graphql`, text });
const made = (...files: ReturnType<typeof file>[]) => clientOperations(api, { name: 'shop', files });

const mugPage = file('mug-page', 'query MugPage($id: ID!) { mug(id: $id) { ...MugParts } }');
const parts = file('mug-parts', 'fragment MugParts on Mug { id title maker { ...MakerParts } }');
const maker = file('maker-parts', 'fragment MakerParts on Maker { name }');

describe('the operations of a client', () => {
  it('are sent with the fragments they need, under the SHA-256 of that text', () => {
    const { operations, problems } = made(mugPage, parts, maker);
    expect(problems).toEqual([]);
    expect(operations.map(({ name, kind }) => ({ name, kind }))).toEqual([{ name: 'MugPage', kind: 'query' }]);
    expect(operations[0]?.text).toMatch(/^query MugPage[^]*fragment MakerParts on Maker[^]*fragment MugParts on Mug/);
    expect(operations[0]?.id).toBe(createHash('sha256').update(operations[0]?.text ?? '').digest('hex'));
  });

  it('keep their ids when files are written in another order or with other white space', () => {
    const spaced = { ...mugPage, text: mugPage.text.replaceAll(' ', '\n  ') };
    expect(made(maker, parts, spaced).operations[0]?.id).toBe(made(mugPage, parts, maker).operations[0]?.id);
  });

  it.each([
    ['asks for a field that is gone', [file('mug-page', 'query MugPage { mug(id: 1) {\n  colour } }')], 'shop: MugPage: Cannot query field "colour" on type "Mug". (clients/shop/operations/mug-page.graphql:2)'],
    ['asks for it in a fragment', [mugPage, file('mug-parts', 'fragment MugParts on Mug { colour }')], 'shop: MugPage: Cannot query field "colour" on type "Mug". (clients/shop/operations/mug-parts.graphql:1)'],
    ['is not GraphQL', [file('mug-page', 'query MugPage {')], 'shop: mug-page: Syntax Error: Expected Name, found <EOF>. (clients/shop/operations/mug-page.graphql:1)'],
    ['stands in a file of another name', [file('page', 'query MugPage { mug(id: 1) { id } }')], 'shop: MugPage: expected it in a file of its own, mug-page.graphql (clients/shop/operations/page.graphql)'],
    ['has the name of another', [file('mug-page', 'query MugPage { mug(id: 1) { id } } query MugPage { mug(id: 2) { id } }')], 'shop: MugPage: two operations have this name'],
    ['leaves a fragment that nobody uses', [maker], 'shop: MakerParts: no operation uses this fragment'],
  ])('are named when one %s', (_, files, problem) => {
    expect(made(...files).problems).toEqual([problem]);
  });
});
