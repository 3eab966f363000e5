import { GraphQLInputObjectType, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, graphqlSync } from 'graphql';
import { expect, it } from 'vitest';
import { inputProblems } from './refusal.js';

const line = new GraphQLInputObjectType({ name: 'Line', fields: { quantity: { type: new GraphQLNonNull(GraphQLInt) } } });
const input = new GraphQLInputObjectType({ name: 'Wish', fields: { lines: { type: new GraphQLList(line) } } });
const query = new GraphQLObjectType({ name: 'Query', fields: { add: { type: GraphQLInt, args: { input: { type: new GraphQLNonNull(input) } } } } });
const schema = new GraphQLSchema({ query });

it.each([
  ['a value deep inside', { wish: { lines: [{ quantity: 1 }, { quantity: 'x' }] } }, ['wish', 'lines', 1, 'quantity']],
  ['a value that looks like a place', { wish: { lines: [{ quantity: ' at "wish.other"; ' }] } }, ['wish', 'lines', 0, 'quantity']],
  ['a whole variable', { wish: 7 }, ['wish']],
  ['a variable that is not there', {}, ['wish']],
])('finds in GraphQL\'s words where it was: %s', (_, variableValues, path) => {
  const { errors } = graphqlSync({ schema, source: 'query($wish: Wish!) { add(input: $wish) }', variableValues });
  const message = errors?.[0]?.message ?? '';
  expect(inputProblems(message, undefined)).toEqual([{ path, message }]);
});

it('leaves what says where as it is, and what nobody can place without a place', () => {
  const said = [{ path: ['input', 'name'], message: 'too long' }, { path: [], message: 'too much together' }];
  expect(inputProblems('Input not accepted.', said)).toEqual(said);
  expect(inputProblems('Variable "$at" got invalid value "x"; expected a moment.', [{ path: [], message: 'expected a moment' }])).toEqual([{ path: ['at'], message: 'expected a moment' }]);
  for (const none of [undefined, [], 'x', [null], [{ path: 'x' }]]) expect(inputProblems('The body is no JSON.', none)).toEqual([{ path: [], message: 'The body is no JSON.' }]);
});
