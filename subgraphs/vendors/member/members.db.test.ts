import { userErased } from '@haat/schema/events/identity';
import { vendorMemberInvited } from '@haat/schema/events/vendors';
import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VendorsRig, type Market } from '../testing/vendors-rig.js';

let rig: VendorsRig;
beforeAll(async () => { rig = await VendorsRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const member = '... on VendorMember { id role grants status email name expiresAt joinedAt user { id } vendor { id status } }';
const day = 86_400_000;

/** Opens the newest invitation, as notifications does. */
async function secretOf(market: Market): Promise<string> {
  const said = (await rig.said(market, 'vendor-member-invited')).at(-1);
  const mail = await rig.subgraph.unseal('notifications', { tenantId: market.tenant.id, purpose: vendorMemberInvited.key }, String(said?.['sealed']));
  return (mail as { secret: string }).secret;
}

const joined = async (market: Market, owner: Parameters<VendorsRig['mutate']>[0], vendorId: string, input: Record<string, unknown>) => {
  await rig.mutate(owner, 'inviteVendorMember', { vendorId, email: 'new@crafts.example', ...input });
  const person = rig.person(market);
  return { person, ...(await rig.mutate(person, 'acceptInvitation', { token: await secretOf(market) }, member)) } as unknown as { person: typeof person; id: string; grants: string[] };
};

describe('inviteVendorMember and acceptInvitation', () => {
  it('have a person invited by a sealed mail and work there once they accept [VEN-09]', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    expect(await rig.mutate(owner, 'inviteVendorMember', { vendorId: id, email: 'New@Crafts.example', name: 'Nadia', role: 'STAFF' }, member)).toMatchObject({ __typename: 'VendorMember', role: 'STAFF', grants: ['orders.manage', 'stock.manage'], status: 'INVITED', email: 'new@crafts.example', user: null });
    expect(await rig.said(market, 'vendor-member-invited')).toMatchObject([{ vendorId: id, vendorName: 'Some Crafts', locale: 'en' }]);
    const secret = await secretOf(market);
    expect(JSON.stringify(await rig.subgraph.query('select * from vendors.vendor_member join vendors.outbox using (tenant_id)'))).not.toContain(secret);
    const person = rig.person(market);
    const accepted = await rig.mutate(person, 'acceptInvitation', { token: secret }, member);
    expect(accepted).toMatchObject({ status: 'ACTIVE', email: null, expiresAt: null, user: { id: person.viewer.userId }, vendor: { id } });
    expect((await rig.said(market, 'vendor-member-changed')).at(-1)).toMatchObject({ memberId: accepted['id'], vendorId: id, userId: person.viewer.userId, status: 'ACTIVE', grants: ['orders.manage', 'stock.manage'] });
    expect(await rig.mutate(rig.person(market), 'acceptInvitation', { token: secret })).toMatchObject({ __typename: 'InvalidInvitation' });
  });

  it('make one member of an invitation however many accept at once, and none after its time or of another marketplace', async () => {
    const [market, there] = [rig.market(), rig.market()];
    const { id, owner } = await rig.approved(market);
    const invite = () => rig.mutate(owner, 'inviteVendorMember', { vendorId: id, email: 'b@crafts.example', role: 'STAFF' });
    await invite();
    const first = await secretOf(market);
    await invite();
    const token = await secretOf(market);
    for (const [asker, secret] of [[rig.person(market), first], [rig.person(there), token], [rig.person(market), 'x'.repeat(300)]] as const) expect(await rig.mutate(asker, 'acceptInvitation', { token: secret })).toMatchObject({ __typename: 'InvalidInvitation' });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => rig.mutate(rig.person(market), 'acceptInvitation', { token })));
    expect(outcomes.map((o) => o.__typename).sort()).toEqual([...Array<string>(4).fill('InvalidInvitation'), 'VendorMember']);
    await invite();
    const late = await secretOf(market);
    rig.clock.advance(7 * day);
    expect(await rig.mutate(rig.person(market), 'acceptInvitation', { token: late })).toMatchObject({ __typename: 'InvalidInvitation' });
    await expect(rig.mutate(market.guest, 'acceptInvitation', { token: late })).rejects.toThrow(/^UNAUTHENTICATED/);
  });

  it('leave an invitation open that somebody accepts who works there already', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    await rig.mutate(owner, 'inviteVendorMember', { vendorId: id, email: 'c@crafts.example', role: 'STAFF' });
    const token = await secretOf(market);
    expect(await rig.mutate(owner, 'acceptInvitation', { token })).toMatchObject({ __typename: 'AlreadyMember' });
    expect(await rig.mutate(rig.person(market), 'acceptInvitation', { token })).toMatchObject({ __typename: 'VendorMember' });
  });

  it('are for owners and members with the right, who hand out nothing that they do not hold [VEN-09, AUTH-08]', async () => {
    const market = rig.market();
    const [own, other] = [await rig.approved(market), await rig.approved(market)];
    const hr = rig.person(market, [{ id: own.id, grants: ['members.manage', 'orders.manage', 'stock.manage'] }]);
    const staff = rig.person(market, [{ id: own.id, grants: ['orders.manage'] }]);
    const invite = (asker: Parameters<VendorsRig['mutate']>[0], more: object) => rig.mutate(asker, 'inviteVendorMember', { vendorId: own.id, email: 'd@crafts.example', ...more }, member);
    for (const asker of [staff, other.owner]) await expect(invite(asker, { role: 'STAFF' })).rejects.toThrow(/^FORBIDDEN/);
    await expect(invite(market.guest, { role: 'STAFF' })).rejects.toThrow(/^UNAUTHENTICATED/);
    for (const more of [{ role: 'OWNER', grants: [] }, { role: 'MANAGER' }, { role: 'STAFF', grants: ['payouts.manage'] }]) await expect(invite(hr, more)).rejects.toThrow(/^FORBIDDEN/);
    expect(await invite(hr, { role: 'STAFF', grants: ['stock.manage', 'stock.manage'] })).toMatchObject({ grants: ['stock.manage'] });
    expect(await invite(market.operator, { role: 'OWNER' })).toMatchObject({ role: 'OWNER' });
    await expect(invite(own.owner, { role: 'STAFF', grants: ['everything.manage'], email: 'x' })).rejects.toThrow(/^BAD_USER_INPUT: .*email.*grants/);
  });

  it('end at two hundred members and invitations', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    await rig.subgraph.query(`insert into vendors.vendor_member (tenant_id, id, vendor_id, role, grants, status, email, created_at) select $1, 'vmem_' || n, $2, 'STAFF', '{}', 'INVITED', n || '@x.example', now() - interval '2 days' from generate_series(1, 199) n`, [market.tenant.id, id]);
    expect(await rig.mutate(owner, 'inviteVendorMember', { vendorId: id, email: 'e@crafts.example', role: 'STAFF' }, '... on TooManyMembers { limit }')).toMatchObject({ __typename: 'TooManyMembers', limit: 200 });
  });
});

describe('an invitation', () => {
  const accept = async (market: Market, token: string) => (await rig.mutate(rig.person(market), 'acceptInvitation', { token })).__typename;

  it('goes with the right of the member who sent it, however they lose it, and stays where they keep it [VEN-09, AUTH-08]', async () => {
    for (const [lose, left] of [
      [{ field: 'removeVendorMember', more: {} }, 'InvalidInvitation'], [{ field: 'changeVendorMember', more: { role: 'STAFF' } }, 'InvalidInvitation'],
      [{ field: 'changeVendorMember', more: { role: 'STAFF', grants: ['members.manage'] } }, 'InvalidInvitation'],
      [{ field: 'changeVendorMember', more: { role: 'STAFF', grants: ['members.manage', 'stock.manage', 'orders.manage'] } }, 'VendorMember'],
    ] as const) {
      const market = rig.market();
      const { id, owner } = await rig.approved(market);
      const { id: memberId, person, grants } = await joined(market, owner, id, { role: 'STAFF', grants: ['members.manage', 'orders.manage', 'stock.manage'] });
      const leaving = rig.person(market, [{ id, grants }], person.viewer.userId);
      await rig.mutate(leaving, 'inviteVendorMember', { vendorId: id, email: 'friend@crafts.example', role: 'STAFF' });
      const friend = await secretOf(market);
      await rig.mutate(owner, 'inviteVendorMember', { vendorId: id, email: 'other@crafts.example', role: 'STAFF' });
      const other = await secretOf(market);
      await rig.mutate(owner, lose.field, { vendorId: id, memberId, ...lose.more });
      expect([await accept(market, friend), await accept(market, other)]).toEqual([left, 'VendorMember']);
    }
  });

  it('is good at no vendor that has closed', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    await rig.mutate(owner, 'inviteVendorMember', { vendorId: id, email: 'g@crafts.example', role: 'STAFF' });
    await rig.mutate(market.operator, 'closeVendor', { vendorId: id, reason: 'Over.' });
    expect(await accept(market, await secretOf(market))).toBe('InvalidInvitation');
  });

  it('takes no place once it has lapsed, and is forgotten after 30 days with the address it went to', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    const invite = (email: string) => rig.mutate(owner, 'inviteVendorMember', { vendorId: id, email, role: 'STAFF', name: 'Nadia' });
    await invite('first@crafts.example');
    await rig.subgraph.query(`insert into vendors.vendor_member (tenant_id, id, vendor_id, role, grants, status, email, created_at, expires_at) select $1, 'vmem_' || n, $2, 'STAFF', '{}', 'INVITED', n || '@x.example', now() - interval '2 days', $3 from generate_series(1, 198) n`, [market.tenant.id, id, new Date(rig.clock.now().getTime() + day)]);
    expect((await invite('h@crafts.example')).__typename).toBe('TooManyMembers');
    rig.clock.advance(day);
    expect((await invite('h@crafts.example')).__typename).toBe('VendorMember');
    const kept = async () => (await rig.subgraph.query<{ count: number }>('select count(*)::int as count from vendors.vendor_member where tenant_id = $1 and (email is not null or name is not null)', [market.tenant.id]))[0]?.count;
    rig.clock.advance(30 * day + 1);
    await rig.subgraph.runJob('forget-lapsed-invitations');
    expect(await kept()).toBe(2);
    rig.clock.advance(8 * day);
    await rig.subgraph.runJob('forget-lapsed-invitations');
    expect(await kept()).toBe(0);
  });
});

describe('invitations of a day', () => {
  it('are few for who was never approved, also to the same address again and again', async () => {
    const market = rig.market();
    const { id, owner } = await rig.applied(market);
    const invite = () => rig.mutate(owner, 'inviteVendorMember', { vendorId: id, email: 'victim@crafts.example', role: 'STAFF' });
    for (let n = 0; n < 19; n += 1) expect((await invite()).__typename).toBe('VendorMember');
    expect((await invite()).__typename).toBe('TooManyInvitations');
  });
});

describe('changeVendorMember and removeVendorMember', () => {
  it('change what somebody may do and end it, each said [VEN-09]', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    const made = await joined(market, owner, id, { role: 'STAFF' });
    expect(await rig.mutate(owner, 'changeVendorMember', { vendorId: id, memberId: made.id, role: 'EDITOR' }, member)).toMatchObject({ role: 'EDITOR', grants: ['catalog.manage', 'prices.manage', 'stock.manage'] });
    expect(await rig.mutate(owner, 'removeVendorMember', { vendorId: id, memberId: made.id }, member)).toMatchObject({ status: 'REMOVED', grants: [] });
    expect((await rig.said(market, 'vendor-member-changed')).slice(-2)).toMatchObject([{ status: 'ACTIVE', grants: ['catalog.manage', 'prices.manage', 'stock.manage'] }, { status: 'REMOVED', grants: [] }]);
    await expect(rig.mutate(owner, 'removeVendorMember', { vendorId: id, memberId: made.id })).rejects.toThrow('NOT_FOUND: No such member.');
    expect(await rig.read(owner, `{ vendor(id: "${id}") { members { role } } }`)).toEqual({ vendor: { members: [{ role: 'OWNER' }] } });
  });

  it('withdraw an invitation, and forget where it went', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    const invited = await rig.mutate(owner, 'inviteVendorMember', { vendorId: id, email: 'f@crafts.example', role: 'STAFF' }, member);
    const token = await secretOf(market);
    expect(await rig.mutate(owner, 'removeVendorMember', { vendorId: id, memberId: invited['id'] }, member)).toMatchObject({ status: 'REMOVED', email: null });
    expect(await rig.mutate(rig.person(market), 'acceptInvitation', { token })).toMatchObject({ __typename: 'InvalidInvitation' });
  });

  it('keep the last owner, also when two leave at once', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    const second = await joined(market, owner, id, { role: 'OWNER' });
    const ids = (await rig.read<{ vendor: { members: { id: string }[] } }>(owner, `{ vendor(id: "${id}") { members { id } } }`)).vendor.members.map((m) => m.id);
    const outcomes = await Promise.all(ids.map((memberId) => rig.mutate(owner, 'removeVendorMember', { vendorId: id, memberId })));
    expect(outcomes.map((o) => o.__typename).sort()).toEqual(['LastOwner', 'VendorMember']);
    const [left] = ids.filter((_, at) => outcomes[at]?.__typename === 'LastOwner');
    expect(await rig.mutate(owner, 'changeVendorMember', { vendorId: id, memberId: left, role: 'STAFF' })).toMatchObject({ __typename: 'LastOwner' });
    expect(second.grants).toContain('members.manage');
  });

  it('refuse whoever holds less than the member, other vendors\' merchants, and members of other vendors', async () => {
    const market = rig.market();
    const [own, other] = [await rig.approved(market), await rig.approved(market)];
    const [ownerMember] = (await rig.read<{ vendor: { members: { id: string }[] } }>(own.owner, `{ vendor(id: "${own.id}") { members { id } } }`)).vendor.members;
    const hr = rig.person(market, [{ id: own.id, grants: ['members.manage'] }]);
    const input = { vendorId: own.id, memberId: ownerMember?.id };
    for (const asker of [hr, other.owner]) {
      await expect(rig.mutate(asker, 'removeVendorMember', input)).rejects.toThrow(/^FORBIDDEN/);
      await expect(rig.mutate(asker, 'changeVendorMember', { ...input, role: 'STAFF' })).rejects.toThrow(/^FORBIDDEN/);
    }
    await expect(rig.mutate(other.owner, 'removeVendorMember', { ...input, vendorId: other.id })).rejects.toThrow(/^NOT_FOUND/);
  });
});

describe('who is erased', () => {
  it('works for nobody', async () => {
    const market = rig.market();
    const { id, owner } = await rig.approved(market);
    expect(await rig.subgraph.hear(userErased, market.tenant.id, { aggregate: { id: newId('usr'), version: 1 }, payload: { userId: String(owner.viewer.userId) } })).toEqual(['applied']);
    expect((await rig.said(market, 'vendor-member-changed')).at(-1)).toMatchObject({ vendorId: id, status: 'REMOVED', grants: [] });
    expect(await rig.read(market.operator, `{ vendor(id: "${id}") { members { id } } }`)).toEqual({ vendor: { members: [] } });
  });
});
