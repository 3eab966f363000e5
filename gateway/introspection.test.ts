import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureShop } from './testing/fixture-shop.js';
import { startFixtureGateway, type FixtureGateway } from './testing/fixture-gateway.js';

describe('a schema that may not be asked for', () => {
  let gateway: FixtureGateway;
  beforeAll(async () => { gateway = await startFixtureGateway({ definitions: fixtureShop, config: { INTROSPECTION: false } }); });
  afterAll(() => gateway.close());

  const byGet = async (query: string, accept: string) => {
    const response = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { accept, 'apollo-require-preflight': '1' } });
    return response.text();
  };

  it.each([
    ['whole', '{ __schema { types { name fields { name } } } }'], ['by one type', '{ __type(name: "Node") { name } }'],
    ['under another name', '{ hidden: __schema { types { name } } }'], ['in a fragment', '{ ...f } fragment f on Query { hidden __schema { types { name } } }'],
    ['in an inline fragment', '{ ... { __type(name: "Node") { fields { name } } } }'], ['beside other operations', 'query A { __schema { types { name } } }'],
  ])('is not told %s, by POST or GET, in either media type', async (_, query) => {
    const { body, status, text } = await gateway.ask(query);
    expect(status).toBe(400);
    expect(body.errors?.every((error) => error.message === 'The schema may not be asked for here.')).toBe(true);
    expect(body.data).toBeUndefined();
    for (const said of [text, await byGet(query, 'application/json'), await byGet(query, 'application/graphql-response+json')]) {
      expect(said).toContain('The schema may not be asked for here.');
      expect(said).not.toMatch(/apollo|NodePage|related|"kind"/i);
    }
  });

  it.each<[string, string, Record<string, unknown>?]>([
    ['a field', '{ hiden }'], ['a field below', '{ node { relatd { id } } }'], ['a field of a possible type', '{ thing { inside { id } } }'],
    ['an argument', '{ page(frist: 1) { total } }'], ['an enum value', '{ node { name(style: SHRT) } }'], ['an input field', '{ node(input: { secretNam: "x" }) { id } }'],
    ['an input field of a variable', 'query ($input: NodeInput) { node(input: $input) { id } }', { input: { secretNam: 'x' } }],
    ['an inner input field of a variable', 'query ($input: NodeInput) { node(input: $input) { id } }', { input: { inner: { secretNam: 'x' } } }],
    ['an enum value of a variable', 'query ($style: Style) { node { name(style: $style) } }', { style: 'SHRT' }],
    ['a type', '{ thing { ... on Cupp { id } } }'], ['an input type', 'query ($input: NodeInputt) { node(input: $input) { id } }'],
    ['a directive', '{ hidden @skp(if: true) }'], ['a fragment', '{ thing { ...aaa } } fragment aa on Cup { id }'], ['a variable', 'query ($one: Int) { number(value: $on) }'],
  ])('is not guessed at by a misspelt name of %s', async (_, query, variables) => {
    const { status, text } = await gateway.ask(query, { variables });
    expect(status).toBe(400);
    const get = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(JSON.stringify(variables ?? {}))}`, { headers: { 'apollo-require-preflight': '1' } });
    for (const said of [text, await get.text()].map(messagesIn)) expect(said).not.toMatch(/did you mean|"hidden"|"related"|"first"|"SHORT"|"secretName"|"Cup"|"one"/i);
  });
});

describe('a schema that may be asked for', () => {
  it('is told, and spelling is helped with', async () => {
    const gateway = await startFixtureGateway({ definitions: fixtureShop, config: { INTROSPECTION: true } });
    expect((await gateway.ask('{ __schema { queryType { name } } }')).body.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    expect((await gateway.ask('{ hiden }')).text).toContain('Did you mean');
    await gateway.close();
  });
});

function messagesIn(text: string): string {
  return (JSON.parse(text) as { errors: { message: string }[] }).errors.map(({ message }) => message).join('\n');
}
