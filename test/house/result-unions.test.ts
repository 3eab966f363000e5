import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildFederatedSchema } from '@haat/kit/schema';
import { subgraphs } from '@haat/local/subgraphs';
import { expectNone } from './finding.js';
import { withoutProblem } from './result-unions.js';
import { checkout } from './sources.js';

describe('each result of a mutation', () => {
  it.each(subgraphs)('of $name can be a problem', (definition) => expectNone(withoutProblem(`schema/subgraphs/${definition.name}.graphql`, buildFederatedSchema(definition).sdl)));

  it('that clients see can be a problem', () => expectNone(withoutProblem('schema/api.graphql', readFileSync(join(checkout, 'schema/api.graphql'), 'utf8'))));

  it('is found when it cannot', () => {
    const sdl = 'interface Problem { message: String! } type Taken implements Problem { message: String! } type Mug { id: ID }\nunion FillResult = Mug | Taken\nunion BreakResult = Mug\nunion Thing = Mug';
    expect(withoutProblem('a.graphql', sdl)).toEqual(['a.graphql:3: BreakResult has no member that is a Problem']);
  });
});
