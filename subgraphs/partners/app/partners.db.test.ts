import { newId } from '@haat/kit/id';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PartnersRig, textOf } from '../testing/partners-rig.js';

let rig: PartnersRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  rig = await PartnersRig.start();
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});

describe('a partner\'s program', () => {
  it('is registered with a quota, and told to doors as it is now [GW-15]', async () => {
    const { tenant, operator, partnerAppId } = await rig.partner({ vendorId: rig.vendorId, pointsPerMinute: 100 });
    expect(await rig.resolve({ tenant }, partnerAppId)).toMatchObject({ name: 'ERP', status: 'ACTIVE', vendorId: rig.vendorId, pointsPerMinute: 100, pointsPerDay: 1_000_000, spentToday: 0 });
    await rig.mutate(operator, 'changePartnerQuota', { partnerAppId, pointsPerDay: 5_000 });
    expect(await rig.resolve({ tenant }, partnerAppId)).toMatchObject({ pointsPerMinute: 100, pointsPerDay: 5_000 });
    await expect(rig.mutate(operator, 'changePartnerQuota', { partnerAppId, pointsPerDay: 99 })).rejects.toThrow(/^BAD_USER_INPUT: .*pointsPerDay/);
    expect(await rig.resolve(await rig.partner(), partnerAppId)).toBeNull();
  });

  it('has a name of its own and a vendor that is there', async () => {
    const { operator } = await rig.partner();
    const wish = { name: 'ERP', contactEmail: 'erp@partner.example' };
    expect(await rig.mutate(operator, 'registerPartner', wish)).toMatchObject({ __typename: 'PartnerNameTaken', name: 'ERP' });
    await expect(rig.mutate(operator, 'registerPartner', { ...wish, name: 'Other', vendorId: newId('ven') })).rejects.toThrow('NOT_FOUND: No such vendor.');
    await expect(rig.mutate(operator, 'registerPartner', { ...wish, name: 'Other', contactEmail: 'nobody' })).rejects.toThrow(/^BAD_USER_INPUT: .*contactEmail/);
  });

  it('is suspended and resumed, or revoked for good, and each is said [GW-15]', async () => {
    const { tenant, operator, partnerAppId } = await rig.partner();
    const status = async () => (await rig.resolve({ tenant }, partnerAppId))?.status;
    expect(await rig.mutate(operator, 'suspendPartner', { partnerAppId, reason: 'Too many errors.' })).toMatchObject({ status: 'SUSPENDED', reason: 'Too many errors.' });
    expect(await status()).toBe('SUSPENDED');
    await rig.mutate(operator, 'resumePartner', { partnerAppId });
    expect(await status()).toBe('ACTIVE');
    await rig.mutate(operator, 'revokePartner', { partnerAppId, reason: 'The contract ended.' });
    expect(await status()).toBe('REVOKED');
    expect(await rig.mutate(operator, 'resumePartner', { partnerAppId })).toMatchObject({ __typename: 'PartnerRevoked' });
    const said = (await rig.subgraph.events(tenant.id)).map(({ type, aggregate, payload }) => [type, aggregate.version, payload['status']]);
    expect(said).toEqual([['partners.partner-registered', 1, 'ACTIVE'], ['partners.partner-changed', 2, 'SUSPENDED'], ['partners.partner-changed', 3, 'ACTIVE'], ['partners.partner-changed', 4, 'REVOKED']]);
  });

  it('sees itself and no other, and decides nothing about itself', async () => {
    const { tenant, token, partnerAppId, operator } = await rig.partner();
    expect(await rig.read(token, '{ myPartnerApp { id name } }')).toEqual({ myPartnerApp: { id: partnerAppId, name: 'ERP' } });
    expect(await rig.read(rig.tokenOf(tenant), '{ myPartnerApp { id } }')).toEqual({ myPartnerApp: null });
    expect(await rig.read((await rig.partner()).operator, 'query($id: ID!) { partnerApp(id: $id) { id } }', { id: partnerAppId })).toEqual({ partnerApp: null });
    await expect(rig.read(token, '{ partnerApps { nodes { id } } }')).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.mutate(token, 'changePartnerQuota', { partnerAppId, pointsPerDay: 9_000_000 })).rejects.toThrow(/^FORBIDDEN/);
    expect(await rig.read(operator, '{ partnerApps { nodes { id } } }')).toEqual({ partnerApps: { nodes: [{ id: partnerAppId }] } });
  });
});

describe('a page of programs', () => {
  const field = 'operations(first: 1) { nodes { name } pageInfo { hasNextPage endCursor } }';
  const text = `query($first: Int!) { partnerApps(first: $first) { nodes { id ${field} rejected: operations(status: REJECTED) { nodes { name } } usage(days: 7) { points } } } }`;

  it('shows of each its operations and what it spent, by as many statements as a page of one', async () => {
    const { tenant, operator, partnerAppId } = await rig.partner({ approvesBelow: 1_000 });
    rig.clock.advance(1);
    const ids = [partnerAppId];
    for (let n = 1; n < 6; n += 1, rig.clock.advance(1)) ids.unshift(String((await rig.mutate(operator, 'registerPartner', { name: `P${n}`, contactEmail: 'erp@partner.example', approvesBelow: 1_000 }))['id']));
    for (const [at, id] of ids.entries()) {
      for (const name of ['A', 'B']) {
        rig.clock.advance(1);
        await rig.mutate(rig.tokenOf(tenant, id), 'registerOperations', { texts: [textOf(`${name}${at}`)] });
      }
      await rig.report({ tenant }, id, 'gtw_1', [{ text: textOf(`A${at}`), points: 10 + at, requests: 1 }]);
    }
    const read = async (first: number) => (await rig.read<{ partnerApps: { nodes: { id: string; operations: { pageInfo: { endCursor: string } } }[] } }>(operator, text, { first })).partnerApps.nodes;
    const whole = await read(6);
    const nodes = (at: number) => ({ nodes: [{ name: `A${at}` }], pageInfo: { hasNextPage: true } });
    expect(whole).toMatchObject(ids.map((id, at) => ({ id, operations: nodes(at), rejected: { nodes: [] }, usage: [{ points: 10 + at }] })));
    expect(await statements.during(() => read(6))).toBe(await statements.during(() => read(1)));
    const after = whole[2]?.operations.pageInfo.endCursor;
    const more = await rig.read(operator, `query($id: ID!, $after: String) { partnerApp(id: $id) { operations(after: $after) { nodes { name } } } }`, { id: ids[2], after });
    expect(more).toEqual({ partnerApp: { operations: { nodes: [{ name: 'B2' }] } } });
    await expect(rig.read(operator, `query($id: ID!, $after: String) { partnerApp(id: $id) { operations(after: $after) { nodes { name } } } }`, { id: ids[1], after })).rejects.toThrow(/^BAD_USER_INPUT/);
  });
});

describe('what a program spends', () => {
  it('is counted once over all gateways, whatever they repeat or send late, and shown by day and operation [GW-15]', async () => {
    const { tenant, token, partnerAppId } = await rig.partner();
    await rig.mutate(token, 'registerOperations', { texts: [textOf('Stock')] });
    const [stock, other] = [textOf('Stock'), textOf('Other')];
    expect(await rig.report({ tenant }, partnerAppId, 'gtw_1', [{ text: stock, points: 10, requests: 2 }])).toBe(10);
    expect(await rig.report({ tenant }, partnerAppId, 'gtw_2', [{ text: stock, points: 5, requests: 1 }, { text: other, points: 3, requests: 1, refused: 4 }])).toBe(18);
    expect(await rig.report({ tenant }, partnerAppId, 'gtw_1', [{ text: stock, points: 30, requests: 6 }])).toBe(38);
    expect(await rig.report({ tenant }, partnerAppId, 'gtw_1', [{ text: stock, points: 10, requests: 2 }])).toBe(38);
    expect((await rig.resolve({ tenant }, partnerAppId))?.spentToday).toBe(38);
    const day = rig.clock.now().toISOString().slice(0, 10);
    const usage = '{ myPartnerApp { usage { day points requests refused operations { name points requests refused } } } }';
    expect(await rig.read(token, usage)).toEqual({ myPartnerApp: { usage: [{ day, points: 38, requests: 8, refused: 4, operations: [{ name: 'Stock', points: 35, requests: 7, refused: 0 }, { name: null, points: 3, requests: 1, refused: 4 }] }] } });
    rig.clock.advance(86_400_000);
    expect((await rig.resolve({ tenant }, partnerAppId))?.spentToday).toBe(0);
    expect(await rig.read(token, '{ myPartnerApp { usage(days: 1) { day } } }')).toEqual({ myPartnerApp: { usage: [] } });
    rig.clock.advance(90 * 86_400_000);
    await rig.subgraph.runJob('forget-usage');
    expect(await rig.subgraph.query('select 1 from partners.usage_count where partner_app_id = $1', [partnerAppId])).toEqual([]);
  });

  it('is nothing for a program that is not there', async () => {
    const { tenant } = await rig.partner();
    expect(await rig.report({ tenant }, newId('pap'), 'gtw_1', [{ text: 'x', points: 10, requests: 2 }])).toBe(0);
  });
});
