import { z } from 'zod';
import { defineAsk, type AskContract } from '@haat/schema/ask';
import { beforeAll, describe, expect, it } from 'vitest';
import { answering, asking, type AnswerAsk, type AskEnvelope } from './ask.js';
import { systemClock } from './clock.js';
import { guest, type InternalContext } from './identity.js';
import { makeLog } from './log.js';
import { notFound } from './refusal.js';
import { makeSigningKeys, readSigningKey, readTrustedKeys, type SigningKey, type TrustedKeys } from './signing.js';
import { testTenant } from './testing/test-tenant.js';
import { usedOnce } from './used-once.js';

const double = defineAsk({
  subgraph: 'numbers', name: 'number.double', version: 1, description: 'Twice the number.', deadlineMs: 200, changes: false,
  input: z.strictObject({ n: z.number() }), output: z.object({ n: z.number() }),
});
const context = (deadlineMs = 5_000): InternalContext => ({ tenant: testTenant(), viewer: guest, locale: 'en', requestId: 'req_1', deadlineAt: Date.now() + deadlineMs });

let key: SigningKey;
let trusted: TrustedKeys;
beforeAll(async () => {
  const keys = await makeSigningKeys('orders');
  key = await readSigningKey(JSON.stringify(keys.privateJwk));
  trusted = await readTrustedKeys(JSON.stringify({ keys: [keys.publicJwk] }));
});

function answeredBy(run: (input: { n: number }, context: InternalContext) => Promise<unknown>): AnswerAsk {
  const answers = new Map([[double.key, { contract: double as AskContract, run: (input: unknown, ctx: InternalContext) => run(input as { n: number }, ctx) }]]);
  return answering({ subgraph: 'numbers', trusted, used: usedOnce(), clock: systemClock, log: makeLog('numbers', 'silent'), answers });
}

const askerOf = (answer: AnswerAsk) => asking({ key, clock: systemClock, local: new Map([['numbers', answer]]) });

/** What an asker sends, before anybody has answered it. */
async function sentBy(contract: typeof double, input: { n: number }): Promise<AskEnvelope> {
  let sent: AskEnvelope | undefined;
  await askerOf(async (_, envelope) => { sent = envelope; return JSON.stringify({ ok: input }); }).ask(contract, input, context());
  if (!sent) throw new Error('Nothing was sent.');
  return sent;
}

describe('an ask', () => {
  it('is answered by its contract, with the asker\'s tenant and viewer', async () => {
    let seen: InternalContext | undefined;
    const asker = askerOf(answeredBy(async ({ n }, ctx) => { seen = ctx; return { n: n * 2 }; }));
    const asked = context();
    expect(await asker.ask(double, { n: 21 }, asked)).toEqual({ n: 42 });
    expect(seen).toMatchObject({ tenant: asked.tenant, viewer: asked.viewer });
  });

  it('passes a refusal on with its code, and masks everything else', async () => {
    await expect(askerOf(answeredBy(async () => { throw notFound('number'); })).ask(double, { n: 1 }, context())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(askerOf(answeredBy(async () => { throw new Error('password=1'); })).ask(double, { n: 1 }, context())).rejects.toMatchObject({ code: 'INTERNAL', message: expect.not.stringContaining('password') });
  });

  it('is refused when the answer does not keep the contract', async () => {
    await expect(askerOf(answeredBy(async () => ({ n: 'two' }))).ask(double, { n: 1 }, context())).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('waits no longer than the nearer of both deadlines', async () => {
    const asker = askerOf(answeredBy(() => new Promise(() => undefined)));
    const began = performance.now();
    await expect(asker.ask(double, { n: 1 }, context(50))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await expect(asker.ask(double, { n: 1 }, context(60_000))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(performance.now() - began).toBeLessThan(1_250);
    await expect(asker.ask(double, { n: 1 }, context(-1))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('of a subgraph that is nowhere is refused', async () => {
    await expect(asking({ key, clock: systemClock }).ask(double, { n: 1 }, context())).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  });

  it('is refused at once, after many that were not answered, and answered again later', async () => {
    let calls = 0;
    const asker = askerOf(answeredBy(() => { calls += 1; return new Promise(() => undefined); }));
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, () => asker.ask(double, { n: 1 }, context(20))));
    expect(outcomes.every((o) => o.status === 'rejected')).toBe(true);
    const before = calls;
    await expect(asker.ask(double, { n: 1 }, context())).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(calls).toBe(before);
  });

  it('that is unsigned, unknown, or whose body was changed is not answered', async () => {
    const answer = answeredBy(async ({ n }) => ({ n }));
    const sent = await sentBy(double, { n: 1 });
    for (const [contractKey, envelope] of [
      [double.key, { ...sent, token: '' }],
      [double.key, { ...sent, body: '{"n":2}' }],
      ['numbers.number.halve.v1', sent],
    ] as const) {
      expect(JSON.parse(await answer(contractKey, envelope))).toHaveProperty('refusal');
    }
  });

  it('is answered once: what was caught on its way is nothing worth', async () => {
    let calls = 0;
    const answer = answeredBy(async ({ n }) => ({ n: n + (calls += 1) }));
    const [sent, again] = [await sentBy(double, { n: 1 }), await sentBy(double, { n: 1 })];
    expect(JSON.parse(await answer(double.key, sent))).toEqual({ ok: { n: 2 } });
    expect(JSON.parse(await answer(double.key, sent))).toMatchObject({ refusal: { code: 'UNAUTHENTICATED' } });
    expect(JSON.parse(await answer(double.key, again))).toEqual({ ok: { n: 3 } });
    expect(calls).toBe(2);
  });
});
