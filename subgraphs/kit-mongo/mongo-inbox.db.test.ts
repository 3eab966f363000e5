import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@haat/kit/id';
import { addHit, addPage, effects } from './testing/mongo-effects.js';
import { envelopeFrom, pages } from './testing/mongo-pages.js';
import { actingIn, openTestMongo, type TestMongo } from './testing/mongo-testing.js';

let test: TestMongo;
let more: TestMongo['runtime'];
beforeAll(async () => {
  test = await openTestMongo([pages]);
  more = await test.again();
});
afterAll(() => test?.[Symbol.asyncDispose]());

const { tenantId } = actingIn();
const hitsOf = async (id: string) => (await test.runtime.inTenant(tenantId, () => test.runtime.db.collection(pages).findById(id)))?.hits;
const titled = async (title: string) => (await test.raw('pages')).filter((p) => p.title === title).length;
async function inserted(): Promise<string> {
  const id = newId('prod');
  await test.runtime.transaction(actingIn(tenantId), ({ db }) => db.collection(pages).insert({ _id: id, title: 'Counter', hits: 0 }));
  return id;
}

describe('An event', () => {
  it('has its effect once, delivered to many at once and again later', async () => {
    const [id, thing] = [await inserted(), newId('ofr')];
    const envelope = envelopeFrom(tenantId, thing, 1);
    const apply = (n: number) => (n % 2 ? more : test.runtime).inbox.apply('on-thing', envelope, 'testing', addHit(id));
    await Promise.all(Array.from({ length: 12 }, (_, n) => apply(n)));
    expect(await apply(0)).toBe('duplicate');
    expect(await hitsOf(id)).toBe(1);
  });

  it('inserts once though the id is new each time', async () => {
    const envelope = envelopeFrom(tenantId, newId('ofr'), 1);
    const title = newId('ofr');
    const apply = (n: number) => (n % 2 ? more : test.runtime).inbox.apply('on-thing', envelope, 'testing', addPage(title));
    await Promise.all(Array.from({ length: 12 }, (_, n) => apply(n)));
    expect(await titled(title)).toBe(1);
  });

  it('older than what was applied is stale, of another consumer or aggregate is not', async () => {
    const [id, thing] = [await inserted(), newId('ofr')];
    const apply = (version: number, consumer = 'on-thing', aggregate = thing) => test.runtime.inbox.apply(consumer, envelopeFrom(tenantId, aggregate, version), 'testing', addHit(id));
    expect([await apply(3), await apply(2), await apply(3), await apply(4), await apply(2, 'on-other'), await apply(1, 'on-thing', newId('ofr'))])
      .toEqual(['applied', 'stale', 'stale', 'applied', 'applied', 'applied']);
    expect(await hitsOf(id)).toBe(4);
  });

  it('sees only its own tenant', async () => {
    const id = await inserted();
    await test.runtime.inbox.apply('on-thing', envelopeFrom(newId('ten'), newId('ofr'), 1), 'testing', addHit(id));
    expect(await hitsOf(id)).toBe(0);
  });

  it('leaves more marks than a document keeps, and none of them is dropped too soon', async () => {
    const id = await inserted();
    const envelopes = Array.from({ length: 70 }, () => envelopeFrom(tenantId, newId('ofr'), 1));
    for (const envelope of envelopes) await test.runtime.inbox.apply('on-thing', envelope, 'testing', addHit(id));
    for (const envelope of envelopes.slice(0, 5)) await test.runtime.inbox.apply('on-thing', envelope, 'testing', addHit(id));
    const [raw] = (await test.raw('pages')).filter((p) => (p._id as unknown) === id);
    expect(raw?.applied.length).toBeLessThanOrEqual(64);
    expect(await hitsOf(id)).toBe(70);
  });
});

describe('A consumer killed at any point', () => {
  it.each([
    ['addHit', 'update pages:before'], ['addHit', 'update pages:after'], ['addHit', 'update inbox:before'], ['addHit', 'update inbox:after'],
    ['addPage', 'insert pages:before'], ['addPage', 'insert pages:after'], ['addPage', 'update inbox:before'],
    ['addHitSaid', 'update pages:before'], ['addHitSaid', 'update pages:after'], ['onlySaid', 'bulk outbox:before'], ['onlySaid', 'bulk outbox:after'],
  ] as const)('has the effect once when the event comes again: %s at %s', async (effect, point) => {
    const id = await inserted();
    const envelope = envelopeFrom(tenantId, newId('ofr'), 1);
    const child = fork(new URL('./testing/mongo-consumer-child.js', import.meta.url), [test.database, `dying/${point}`, JSON.stringify(envelope), effect, id], { stdio: 'inherit' });
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    await test.runtime.inbox.apply('on-thing', envelope, 'testing', effects[effect](id));
    const said = (await test.runtime.outbox.pending(1_000)).filter((event) => event.envelope.aggregate.id === `${id}:said`);
    expect({ hits: await hitsOf(id), pages: await titled(id), said: said.length }).toEqual({ ...nothing, ...shownBy[effect] });
  });
});

const nothing = { hits: 0, pages: 0, said: 0 };
const shownBy = { addHit: { hits: 1 }, addPage: { pages: 1 }, addHitSaid: { hits: 1, said: 1 }, onlySaid: { said: 1 } };

describe('A poison event', () => {
  it('parks those of its aggregate behind it while others go on, and all are applied in order when redriven', async () => {
    const [id, thing] = [await inserted(), newId('ofr')];
    const [one, two, three] = [1, 2, 3].map((version) => envelopeFrom(tenantId, thing, version));
    if (!one || !two || !three) throw new Error('There are three.');
    const inbox = test.runtime.inbox;
    const letter = { envelope: one, subject: 'events.others.thing-changed.v1', body: JSON.stringify(one), reason: 'It broke.', attempts: 5 };
    await inbox.bury('on-poison', letter);
    await inbox.bury('on-poison', letter);
    expect(await inbox.apply('on-poison', two, 'testing', addHit(id))).toBe('parked');
    expect(await inbox.apply('on-poison', three, 'testing', addHit(id))).toBe('parked');
    expect(await inbox.apply('on-poison', one, 'testing', addHit(id))).toBe('parked');
    expect(await inbox.apply('on-poison', envelopeFrom(tenantId, newId('ofr'), 1), 'testing', addHit(id))).toBe('applied');
    expect((await inbox.letters('on-poison')).map(({ status, attempts }) => [status, attempts])).toEqual([['DEAD', 5], ['PARKED', 0], ['PARKED', 0]]);

    const [dead] = await inbox.letters('on-poison');
    const seen: number[] = [];
    const failing = inbox.redrive('on-poison', dead?.id ?? '', 'testing', async (unit, envelope) => {
      if (envelope.aggregate.version === 2) throw new Error('Still broken.');
      seen.push(envelope.aggregate.version);
      await addHit(id)(unit);
    });
    expect(await failing).toBe(1);
    expect((await inbox.letters('on-poison')).map((l) => [l.status, l.reason])).toEqual([['REDRIVEN', 'It broke.'], ['DEAD', 'Still broken.'], ['PARKED', expect.any(String)]]);

    const rest = (await inbox.letters('on-poison')).find((l) => l.status === 'DEAD');
    expect(await inbox.redrive('on-poison', rest?.id ?? '', 'testing', async (unit, envelope) => {
      seen.push(envelope.aggregate.version);
      await addHit(id)(unit);
    })).toBe(2);
    expect(seen).toEqual([1, 2, 3]);
    expect(await hitsOf(id)).toBe(4);
    expect(await inbox.apply('on-poison', envelopeFrom(tenantId, thing, 4), 'testing', addHit(id))).toBe('applied');
  });

  it('is seen whatever number of older ones were redriven', async () => {
    const ages = Array.from({ length: 1_000 }, (_, n) => new Date(n));
    await test.put('dead_letters', ages.map((diedAt, n) => ({ _id: `on-old:${n}` as never, consumer: 'on-old', tenantId, aggregateId: 'old', version: n, status: 'REDRIVEN', subject: '', body: '', reason: '', attempts: 5, diedAt })));
    const envelope = envelopeFrom(tenantId, newId('ofr'), 1);
    await test.runtime.inbox.bury('on-old', { envelope, subject: 'events.others.thing-changed.v1', body: JSON.stringify(envelope), reason: 'It broke.', attempts: 5 });
    const letters = await test.runtime.inbox.letters('on-old');
    expect(letters).toHaveLength(1_000);
    expect([letters[0]?.id, letters.at(-1)?.status]).toEqual(['on-old:0', 'DEAD']);
    expect(await test.runtime.inbox.letters('on-old', 1)).toMatchObject([{ status: 'DEAD' }]);
  });

  it('is kept though nobody can read it, and though it has no tenant', async () => {
    await test.runtime.inbox.bury('on-noise', { subject: 'events.x', body: 'not json', reason: 'Not JSON.', attempts: 1 });
    const [letter] = await test.runtime.inbox.letters('on-noise');
    expect(letter).toMatchObject({ tenantId: null, status: 'DEAD', body: 'not json' });
    expect(await test.runtime.inbox.redrive('on-noise', letter?.id ?? '', 'testing', async () => undefined)).toBe(0);
  });

  it('is forgotten with the inbox rows, once redriven and old enough', async () => {
    const later = new Date(Date.now() + 1_000);
    expect(await test.runtime.inbox.prune(later)).toBeGreaterThan(0);
    expect((await test.runtime.inbox.letters()).every((l) => l.status === 'DEAD')).toBe(true);
    expect(await test.raw('inbox')).toEqual([]);
  });
});
