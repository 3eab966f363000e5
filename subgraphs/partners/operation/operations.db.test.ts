import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PartnersRig, textOf, type Outcome } from '../testing/partners-rig.js';

let rig: PartnersRig;
beforeAll(async () => { rig = await PartnersRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const listed = (outcome: Outcome) => (outcome['operations'] as { id: string; name: string; status: string }[]);
const statusesOf = (outcome: Outcome) => Object.fromEntries(listed(outcome).map(({ name, status }) => [name, status]));

describe('registering operations', () => {
  it('lets what can never cost much run at once, and has an operator decide on the rest [GW-15]', async () => {
    const { token, operator, partnerAppId } = await rig.partner({ approvesBelow: 100 });
    const [cheap, dear, live] = [textOf('Stock', 100), textOf('Everything', 101), textOf('Changes', 1, 'subscription')];
    const made = await rig.mutate(token, 'registerOperations', { texts: [cheap, dear, live] });
    expect(statusesOf(made)).toEqual({ Stock: 'APPROVED', Everything: 'PENDING', Changes: 'PENDING' });
    expect(listed(made)[0]).toMatchObject({ operationId: createHash('sha256').update(cheap).digest('hex'), kind: 'QUERY', points: 1, pointsMax: 100 });
    expect([await rig.find(token, partnerAppId, cheap), await rig.find(token, partnerAppId, dear)]).toEqual([{ name: 'Stock', text: cheap }, null]);
    await rig.mutate(operator, 'approveOperation', { registeredOperationId: listed(made)[1]?.id });
    expect(await rig.find(token, partnerAppId, dear)).toEqual({ name: 'Everything', text: dear });
    await rig.mutate(operator, 'rejectOperation', { registeredOperationId: listed(made)[0]?.id, reason: 'Ask for less.' });
    expect(await rig.find(token, partnerAppId, cheap)).toBeNull();
  });

  it('registers none when one is none, and says why', async () => {
    const { token, partnerAppId } = await rig.partner();
    const refused = await rig.mutate(token, 'registerOperations', { texts: [textOf('Stock'), 'query Everything {'] });
    expect(refused).toMatchObject({ __typename: 'OperationsNotAccepted', faults: [{ at: 1, name: null, problems: ['It is no operation.'] }] });
    expect(await rig.find(token, partnerAppId, textOf('Stock'))).toBeNull();
  });

  it('changes nothing that was decided when it is said again, and asks again for what was withdrawn [GW-15]', async () => {
    const { token, operator, partnerAppId } = await rig.partner({ approvesBelow: 0 });
    const text = textOf('Stock');
    const registeredOperationId = listed(await rig.mutate(token, 'registerOperations', { texts: [text] }))[0]?.id;
    await rig.mutate(operator, 'rejectOperation', { registeredOperationId, reason: 'Not yet.' });
    expect(statusesOf(await rig.mutate(token, 'registerOperations', { texts: [text, text] }))).toEqual({ Stock: 'REJECTED' });
    await rig.mutate(operator, 'approveOperation', { registeredOperationId });
    await rig.mutate(token, 'withdrawOperation', { registeredOperationId });
    expect(await rig.find(token, partnerAppId, text)).toBeNull();
    expect(await rig.mutate(operator, 'approveOperation', { registeredOperationId })).toMatchObject({ __typename: 'OperationWithdrawn' });
    expect(statusesOf(await rig.mutate(token, 'registerOperations', { texts: [text] }))).toEqual({ Stock: 'PENDING' });
  });

  it('leaves a rejection to operators: the program does not get rid of it by taking the operation back [GW-15]', async () => {
    const { token, operator, partnerAppId } = await rig.partner({ approvesBelow: 100 });
    const text = textOf('Cheap');
    const registeredOperationId = listed(await rig.mutate(token, 'registerOperations', { texts: [text] }))[0]?.id;
    await rig.mutate(operator, 'rejectOperation', { registeredOperationId, reason: 'Not this.' });
    await expect(rig.mutate(token, 'withdrawOperation', { registeredOperationId })).rejects.toThrow(/^FORBIDDEN/);
    expect(listed(await rig.mutate(token, 'registerOperations', { texts: [text] }))[0]).toMatchObject({ status: 'REJECTED', reason: 'Not this.' });
    expect(await rig.find(token, partnerAppId, text)).toBeNull();
    expect(await rig.mutate(operator, 'withdrawOperation', { registeredOperationId })).toMatchObject({ status: 'WITHDRAWN' });
  });

  it('forgets what was withdrawn long ago, and of what was rejected nothing, so a program never has more than a thousand', async () => {
    const { tenant, token, operator, partnerAppId } = await rig.partner({ approvesBelow: 100 });
    const ask = (name: string) => rig.mutate(token, 'registerOperations', { texts: [textOf(name)] });
    const [gone] = listed(await ask('Gone'));
    await rig.mutate(token, 'withdrawOperation', { registeredOperationId: gone?.id });
    const [bad] = listed(await ask('Bad'));
    await rig.mutate(operator, 'rejectOperation', { registeredOperationId: bad?.id, reason: 'Not this.' });
    const fill = (status: string, from: number, to: number) => rig.subgraph.query(
      `insert into partners.registered_operation (tenant_id, id, partner_app_id, operation_id, name, kind, text, points, points_max, status, decided_at)
       select $1, 'rop_' || n, $2, lpad(to_hex(n), 64, '0'), 'Old', 'query', 'query Old { costs1 }', 1, 1, $3, $4::timestamptz + n * interval '1 second' from generate_series($5::int, $6::int) n`,
      [tenant.id, partnerAppId, status, rig.clock.now().toISOString(), from, to],
    );
    const kept = async () => (await rig.subgraph.query<{ name: string; status: string }>('select name, status from partners.registered_operation where tenant_id = $1', [tenant.id]));
    await fill('WITHDRAWN', 1, 998);
    expect((await ask('New')).__typename).toBe('RegisterOperationsSucceeded');
    expect((await kept()).length).toBe(1_000);
    expect((await kept()).filter(({ name }) => name !== 'Old')).toEqual(expect.not.arrayContaining([expect.objectContaining({ name: 'Gone' })]));
    expect((await kept()).map(({ name }) => name)).toEqual(expect.arrayContaining(['Bad', 'New']));
    await rig.subgraph.query(`update partners.registered_operation set status = 'REJECTED' where tenant_id = $1 and status = 'WITHDRAWN'`, [tenant.id]);
    expect(await ask('Newer')).toMatchObject({ __typename: 'TooManyOperations', max: 1_000 });
    expect((await ask('New')).__typename).toBe('RegisterOperationsSucceeded');
  });

  it('is each program\'s own: no other token, viewer or marketplace reaches it [GW-15, AUTH-08]', async () => {
    const { tenant, token, partnerAppId, operator } = await rig.partner();
    const other = await rig.mutate(operator, 'registerPartner', { name: 'Other', contactEmail: 'a@b.example' });
    const stranger = rig.tokenOf(tenant, String(other['id']));
    const registeredOperationId = listed(await rig.mutate(token, 'registerOperations', { texts: [textOf('Stock')] }))[0]?.id;
    await expect(rig.mutate(stranger, 'withdrawOperation', { registeredOperationId })).rejects.toThrow('NOT_FOUND');
    await expect(rig.mutate(stranger, 'registerOperations', { partnerAppId, texts: [textOf('Mine')] })).rejects.toThrow('NOT_FOUND: No such partner app.');
    await expect(rig.mutate(rig.tokenOf(tenant), 'registerOperations', { texts: [textOf('Mine')] })).rejects.toThrow(/^BAD_USER_INPUT/);
    await expect(rig.mutate(stranger, 'approveOperation', { registeredOperationId })).rejects.toThrow(/^FORBIDDEN/);
    expect(await rig.find(token, String(other['id']), textOf('Stock'))).toBeNull();
    expect(await rig.find(await rig.partner(), partnerAppId, textOf('Stock'))).toBeNull();
  });

  it('keeps to two hundred for one program', async () => {
    const { token } = await rig.partner();
    const many = Array.from({ length: 200 }, (_, n) => textOf(`Stock${n}`));
    for (let at = 0; at < many.length; at += 50) expect((await rig.mutate(token, 'registerOperations', { texts: many.slice(at, at + 50) })).__typename).toBe('RegisterOperationsSucceeded');
    expect(await rig.mutate(token, 'registerOperations', { texts: [textOf('OneMore')] })).toMatchObject({ __typename: 'TooManyOperations', max: 200 });
    expect((await rig.mutate(token, 'registerOperations', { texts: [textOf('Stock0')] })).__typename).toBe('RegisterOperationsSucceeded');
  });
});
