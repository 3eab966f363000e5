import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFederatedSchema } from '@haat/kit/schema';
import { subgraphs } from '@haat/local/subgraphs';
import { stubsIn, undescribed } from './descriptions.js';
import { expectNone } from './finding.js';
import { checkout } from './sources.js';

const written = subgraphs.map((definition) => ({ name: definition.name, sdl: buildFederatedSchema(definition).sdl }));

describe('the schema', () => {
  it.each(written)('of $name is described throughout, and each root field has a rule', ({ name, sdl }) => expectNone(undescribed(`schema/subgraphs/${name}.graphql`, sdl)));

  it('that clients see is described throughout, by whoever owns each thing', () => {
    const stubs = new Set(written.flatMap(({ sdl }) => stubsIn(sdl)));
    const owned = (name: string) => written.some(({ sdl }) => new RegExp(`^type ${name}\\b`, 'm').test(sdl) && !stubsIn(sdl).includes(name));
    const nobodysYet = [...stubs].filter((name) => !owned(name));
    const found = undescribed('schema/api.graphql', readFileSync(join(checkout, 'schema/api.graphql'), 'utf8'));
    expectNone(found.filter((line) => !nobodysYet.some((name) => new RegExp(`: ${name}(\\.id)? has no description$`).test(line))));
  });
});

describe('the rule of descriptions', () => {
  it('sees what has none, few words, or its name again', () => {
    const sdl = `
      "A mug that keeps tea warm." type Mug { "The id of the mug." id: ID! "Short words." name: String price(in: Int): Int }
      enum Size { "Holds a quarter of a litre." S M }`;
    expect(undescribed('a.graphql', sdl).map((line) => line.replace(/^a\.graphql:\d+: /, ''))).toEqual([
      'Mug.id says its name again: "The id of the mug."',
      'Mug.name is described in 2 words, at least 4: "Short words."',
      'Mug.price has no description',
      'Mug.price.in has no description',
      'Size has no description',
      'Size.M has no description',
    ]);
  });

  it('leaves the stub of another’s entity alone, but not the fields added to it', () => {
    const sdl = 'type Mug @key(fields: "id") { id: ID! size: Int @external stock: Int } type Cup @key(fields: "id", resolvable: false) { id: ID! } type Lid @external { size: Int }';
    expect(undescribed('a.graphql', sdl)).toEqual(['a.graphql:1: Mug.stock has no description']);
  });
});
