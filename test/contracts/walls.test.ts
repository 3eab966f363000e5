import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Asker } from '../support/graph.js';
import { tryListening } from '../support/try-listening.js';
import { allCases, rootFields } from './api.js';
import { exceptionOf, strangers, type Arranged, type Stranger, type WallCase } from './case.js';
import { markedRows } from './marked-rows.js';
import { gained, isSuccess, shown } from './outcome.js';
import { startWorld, type World } from './world.js';

const cases = await allCases();

describe('the walls around each root field', () => {
  let world: World;
  beforeAll(async () => { world = await startWorld(); });
  afterAll(() => world.close());

  it('are shown by a case for every field there is', () => {
    const shownFields = new Set(cases.map((each) => `${each.subgraph} ${each.field}`));
    const fields = new Set(rootFields().map((field) => `${field.subgraph} ${field.name}`));
    expect([...fields].filter((field) => !shownFields.has(field)), 'root fields without a case in test/contracts/cases/<subgraph>.ts').toEqual([]);
    expect([...shownFields].filter((field) => !fields.has(field)), 'cases of fields that are not there').toEqual([]);
  });

  it.concurrent.each(cases)('let the owner in, and no stranger: $field $when [TEN-08, AUTH-08]', async (each) => {
    await expectSuccess(world, each, await each.arrange(world));
    const arranged = await each.arrange(world);
    const who = await world.strangersTo(arranged.owner, strangersOf(each).filter((stranger) => exceptionOf(each, stranger)), strangersOf(each));
    const rows = () => markedRows(world.marketplace, each.subgraph, arranged.marks);
    const before = await rows();
    for (const stranger of strangersOf(each)) {
      const exception = exceptionOf(each, stranger);
      if (exception?.kind === 'theirs') continue;
      const answer = await asked(world, each, who[stranger], arranged);
      const got = exception ? shown(answer, arranged) : gained(each, answer, arranged);
      expect(got, `${stranger} gets`).toEqual([]);
    }
    // Once for all of them: to look through every table is dear.
    expect(await rows(), 'rows after the strangers').toEqual(before);
    await expectSuccess(world, each, arranged);
  });
});

async function expectSuccess(world: World, each: WallCase, arranged: Arranged): Promise<void> {
  const answer = await asked(world, each, arranged.owner, arranged);
  expect(isSuccess(each, answer, arranged), `the owner got ${answer.text}`).toBe(true);
}

function asked(world: World, { field, document }: WallCase, asker: Asker, { variables }: Arranged): Promise<Answer> {
  return field.startsWith('Subscription.') ? tryListening(world.door, asker, document, variables) : world.door.ask(asker, document, { ...variables });
}

/** Everybody who tries: merchants only where vendors are kept apart from each other. */
function strangersOf({ isApartByVendor }: { readonly isApartByVendor: boolean }): readonly Stranger[] {
  return strangers.filter((stranger) => isApartByVendor || stranger !== 'another vendor\'s merchant');
}
