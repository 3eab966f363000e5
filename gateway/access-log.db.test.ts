import { createHash } from 'node:crypto';
import { eventually } from '@haat/kit/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveRig, type LiveRig } from './testing/live-rig.js';

describe('the line of a request', () => {
  let rig: LiveRig;
  beforeAll(async () => { rig = await liveRig(); });
  afterAll(() => rig.close());

  it('says what was asked by its hash, where, by which kind of viewer, how it went and what it cost, and no value of it [GW-06]', async () => {
    const authorization = await rig.person('usr_secretive', ['v1']);
    const text = 'query Shelf($id: ID!) { level(id: $id) { count } nothing }';
    const { gateway } = rig;
    await rig.gateway.ask('query Shelf($id: ID!) { level(id: $id) { count } }', { variables: { id: 'not-for-logs' }, headers: { authorization, 'x-haat-cart': 'not-for-logs-either' } });
    await rig.gateway.ask(text, { variables: { id: 'not-for-logs' }, headers: { authorization } });
    const answered = await eventually(() => {
      const lines = gateway.lines.filter((line) => line.includes('"answered"'));
      return lines.length === 2 && lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    });
    expect(answered).toMatchObject([
      { door: 'graphql', method: 'POST', status: 200, operation: 'Shelf', operationKind: 'query', tenant: 'acme', viewer: 'USER', requestId: expect.stringMatching(/^req_/) as string, ms: expect.any(Number) as number, cost: expect.any(Number) as number, fetches: [{ subgraph: 'stock' }] },
      { status: 400, codes: ['BAD_USER_INPUT'], hash: createHash('sha256').update(text).digest('hex') },
    ]);
    expect(gateway.lines.join('\n')).not.toMatch(/not-for-logs|usr_secretive|Bearer/);
  });
});
