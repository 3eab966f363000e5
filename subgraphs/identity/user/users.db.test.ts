import { contactsRead } from '@haat/schema/asks/identity';
import { newId } from '@haat/kit/id';
import { systemViewer } from '@haat/kit/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements, type StatementCount } from '@haat/kit-postgres/testing/statement-count';
import { testViewer } from '@haat/kit/testing/test-tenant';
import { goodPassword, IdentityRig, someEmail, someTenant, type Person } from '../testing/identity-rig.js';

let rig: IdentityRig;
let statements: StatementCount;
beforeAll(async () => {
  statements = countStatements();
  rig = await IdentityRig.start();
});
afterAll(async () => {
  await rig[Symbol.asyncDispose]();
  statements[Symbol.dispose]();
});

const personal = '{ user(id: "ID") { id name email phone emailVerifiedAt addresses { id } sessions { id } preferences { locale wantsMarketing } metadata { key value } } }';
const readUser = async (asker: Person['asker'], userId: string) => (await rig.read<{ user: Record<string, unknown> | null }>(asker, personal.replace('ID', userId))).user;
const entity = async (asker: Person['asker'], ids: readonly string[], fields: string) => (await rig.read<{ _entities: (Record<string, unknown> | null)[] }>(
  asker, `query($r: [_Any!]!) { _entities(representations: $r) { ... on User { ${fields} } } }`, { r: ids.map((id) => ({ __typename: 'User', id })) },
))._entities;

describe('a person', () => {
  it('reads everything of their own, and operators as well [USER-01, AUTH-08]', async () => {
    const { tenant, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    const own = { id: ann.userId, name: 'ann', email: ann.email, phone: null, emailVerifiedAt: rig.clock.now().toISOString(), addresses: [], sessions: [{ id: ann.sessionId }], preferences: { locale: 'en', wantsMarketing: false }, metadata: [] };
    expect(await readUser(ann.asker, ann.userId)).toEqual(own);
    expect(await readUser(operator, ann.userId)).toEqual(own);
  });

  it('is not there for others, in this marketplace or the next, and as an entity shows no private field [AUTH-08, USER-06]', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, bea] = [await rig.shopper(here.tenant), await rig.shopper(here.tenant, 'bea')];
    expect(await readUser(bea.asker, ann.userId)).toBeNull();
    expect(await readUser(there.operator, ann.userId)).toBeNull();
    await expect(readUser(here.guest, ann.userId)).rejects.toThrow(/^UNAUTHENTICATED/);
    const fields = 'id name email phone emailVerifiedAt addresses { id } sessions { id } preferences { locale } metadata { key }';
    const hidden = { id: ann.userId, name: 'ann', email: null, phone: null, emailVerifiedAt: null, addresses: null, sessions: null, preferences: null, metadata: null };
    expect(await entity(bea.asker, [ann.userId], fields)).toEqual([hidden]);
    expect(await entity(here.guest, [ann.userId], fields)).toEqual([hidden]);
    expect(await entity(there.operator, [ann.userId], fields)).toEqual([null]);
  });

  it('is looked up by as many statements for a hundred keys as for five', async () => {
    const { tenant, operator } = someTenant();
    await rig.subgraph.query(
      `insert into identity.user_account (tenant_id, id, email, status, roles, grants, locale, wants_marketing, stored_metadata)
       select $1, 'usr_' || n, n || '@many.example', 'ACTIVE', '{SHOPPER}', '{}', 'en', false, '[]' from generate_series(1, 100) n`, [tenant.id],
    );
    const ids = Array.from({ length: 100 }, (_, n) => `usr_${n + 1}`);
    const load = (count: number) => statements.during(() => entity(operator, ids.slice(0, count).toReversed(), 'id email addresses { id } sessions { id }'));
    await load(1);
    const [five, hundred] = [await load(5), await load(100)];
    expect(five).toBe(3);
    expect(hundred).toBe(five);
    expect((await entity(operator, ['usr_7', 'usr_none', 'usr_3'], 'email')).map((u) => u?.['email'])).toEqual(['7@many.example', undefined, '3@many.example']);
  });
});

describe('users', () => {
  it('are paged, newest first, forward and back, and counted [USER-01]', async () => {
    const { tenant, operator } = someTenant();
    const people: Person[] = [];
    for (const name of ['ann', 'bea', 'cleo', 'dora', 'eve']) {
      rig.clock.advance(1_000);
      people.unshift(await rig.shopper(tenant, name));
    }
    const page = async (args: string) => (await rig.read<{ users: { totalCount: number; nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string; startCursor: string } } }>(operator, `{ users(${args}) { totalCount nodes { name } pageInfo { hasNextPage startCursor endCursor } } }`)).users;
    const first = await page('first: 3');
    expect([first.nodes.map((n) => n.name), first.totalCount, first.pageInfo.hasNextPage]).toEqual([['eve', 'dora', 'cleo'], 5, true]);
    const second = await page(`first: 3, after: "${first.pageInfo.endCursor}"`);
    expect([second.nodes.map((n) => n.name), second.pageInfo.hasNextPage]).toEqual([['bea', 'ann'], false]);
    expect((await page(`last: 2, before: "${second.pageInfo.startCursor}"`)).nodes.map((n) => n.name)).toEqual(['dora', 'cleo']);
    await expect(page('first: 101')).rejects.toThrow(/^BAD_USER_INPUT/);
    await expect(rig.read(someTenant().operator, `{ users(after: "${first.pageInfo.endCursor}") { totalCount } }`)).rejects.toThrow(/^BAD_USER_INPUT/);
  });

  it('are found by part of name or address, as text and never as a pattern, and only here [USER-01]', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, percent] = [await rig.shopper(here.tenant, 'ann'), await rig.shopper(here.tenant, 'bea')];
    await rig.mutate(percent.asker, 'changeProfile', { name: 'per%cent' });
    await rig.shopper(there.tenant, 'ann');
    const search = async (text: string) => (await rig.read<{ users: { nodes: { id: string }[] } }>(here.operator, 'query($s: String) { users(search: $s) { nodes { id } totalCount } }', { s: text })).users.nodes.map((n) => n.id);
    expect(await search('ANN')).toEqual([ann.userId]);
    expect(await search(ann.email.slice(0, 9))).toEqual([ann.userId]);
    expect(await search('%')).toEqual([percent.userId]);
    expect(await search("' or true --")).toEqual([]);
    await expect(search('x'.repeat(101))).rejects.toThrow(/^BAD_USER_INPUT: .*search/);
  });

  it('are listed for operators only', async () => {
    const { tenant, guest } = someTenant();
    const ann = await rig.shopper(tenant);
    await expect(rig.read(ann.asker, '{ users { totalCount } }')).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.read(guest, '{ users { totalCount } }')).rejects.toThrow(/^UNAUTHENTICATED/);
  });
});

describe('changing one\'s own', () => {
  it('profile sets and takes away name and telephone, and leaves what is not said [USER-01]', async () => {
    const ann = await rig.shopper(someTenant().tenant);
    expect(await rig.mutate(ann.asker, 'changeProfile', { phone: '+880 1712-345678' })).toMatchObject({ name: 'ann', phone: '+8801712345678' });
    expect(await rig.mutate(ann.asker, 'changeProfile', { name: ' Ann B. ', phone: null })).toMatchObject({ name: 'Ann B.', phone: null });
    expect(await rig.mutate(ann.asker, 'changeProfile', { name: 'Zoe', phone: '+46 12' })).toMatchObject({ __typename: 'PhoneNotAccepted', message: expect.stringContaining('country code') });
    expect(await rig.mutate(ann.asker, 'changeProfile', {})).toMatchObject({ name: 'Ann B.', phone: null });
    await expect(rig.mutate(someTenant().guest, 'changeProfile', { name: 'x' })).rejects.toThrow(/^UNAUTHENTICATED/);
  });

  it('preferences take a language that the marketplace speaks, and consent [USER-02]', async () => {
    const ann = await rig.shopper(someTenant().tenant);
    expect(await rig.mutate(ann.asker, 'changePreferences', { locale: 'sv', wantsMarketing: true })).toMatchObject({ preferences: { locale: 'sv', wantsMarketing: true } });
    expect(await rig.mutate(ann.asker, 'changePreferences', { wantsMarketing: false })).toMatchObject({ preferences: { locale: 'sv', wantsMarketing: false } });
    expect(await rig.mutate(ann.asker, 'changePreferences', { locale: 'fr', wantsMarketing: true })).toMatchObject({ __typename: 'LocaleNotSpoken', spoken: ['en', 'sv'] });
    expect(await rig.mutate(ann.asker, 'changePreferences', {})).toMatchObject({ preferences: { locale: 'sv', wantsMarketing: false } });
    await expect(rig.mutate(someTenant().guest, 'changePreferences', { locale: 'sv' })).rejects.toThrow(/^UNAUTHENTICATED/);
  });

  it('does not bring back a role that was taken away at the same time', async () => {
    const { tenant, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    for (let round = 0; round < 10; round += 1) {
      await rig.mutate(operator, 'grantRole', { userId: ann.userId, role: 'MERCHANT', grants: ['orders.manage'] });
      const changes = Array.from({ length: 4 }, (_, n) => rig.mutate(ann.asker, 'changeProfile', { name: `ann ${round} ${n}` }));
      await Promise.all([...changes, rig.mutate(operator, 'revokeRole', { userId: ann.userId, role: 'MERCHANT' })]);
      const rows = await rig.subgraph.query('select roles, grants from identity.user_account where id = $1', [ann.userId]);
      expect(rows).toEqual([{ roles: ['SHOPPER'], grants: [] }]);
    }
  });

  it('takes no field that is not theirs to set: neither roles nor status, tenant or proof', async () => {
    const ann = await rig.shopper(someTenant().tenant);
    for (const more of [{ roles: ['OPERATOR'] }, { tenantId: 'ten_x' }, { emailVerifiedAt: '2026-01-01T00:00:00Z' }, { id: 'usr_x' }]) await expect(rig.mutate(ann.asker, 'changeProfile', { name: 'x', ...more })).rejects.toThrow();
    expect(await readUser(ann.asker, ann.userId)).toMatchObject({ name: 'ann' });
  });
});

describe('setUserMetadata', () => {
  it('replaces what integrations keep; private entries are for operators and programs [USER-01, AUTH-08]', async () => {
    const { tenant, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    const program = { tenant, viewer: { kind: 'TOKEN' as const, tokenId: 'tok_x', roles: ['PARTNER' as const], grants: ['users.manage'], vendors: [] } };
    const entries = [{ key: 'tier', value: 'silver' }, { key: 'tier', value: 'gold' }, { key: 'risk', value: 'low', isPrivate: true }];
    const all = [{ key: 'tier', value: 'gold' }, { key: 'risk', value: 'low' }];
    expect(await rig.mutate(program, 'setUserMetadata', { userId: ann.userId, entries })).toMatchObject({ metadata: all, email: null });
    expect((await readUser(ann.asker, ann.userId))?.['metadata']).toEqual(all.slice(0, 1));
    expect((await readUser(operator, ann.userId))?.['metadata']).toEqual(all);
    const seen = (viewer: object) => entity({ tenant, viewer: { ...program.viewer, ...viewer } }, [ann.userId], 'metadata { key value }');
    expect(await seen({})).toEqual([{ metadata: all }]);
    expect(await seen({ grants: ['orders.read'] })).toEqual([{ metadata: all.slice(0, 1) }]);
    expect(await seen({ grants: [], vendors: [{ id: newId('ven'), grants: ['users.manage'] }] })).toEqual([{ metadata: all.slice(0, 1) }]);
    await rig.mutate(operator, 'setUserMetadata', { userId: ann.userId, entries: [] });
    expect((await readUser(operator, ann.userId))?.['metadata']).toEqual([]);
  });

  it('refuses too much, people who are not here, programs without the right, and shoppers [AUTH-08]', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, far, gone] = [await rig.shopper(here.tenant), await rig.shopper(there.tenant), await rig.shopper(here.tenant)];
    const set = (asker: Person['asker'], userId: string, count = 1) => rig.mutate(asker, 'setUserMetadata', { userId, entries: Array.from({ length: count }, (_, n) => ({ key: `k${n}`, value: 'v' })) });
    expect(await set(here.operator, ann.userId, 51)).toMatchObject({ __typename: 'MetadataLimitReached', limit: 50 });
    expect((await readUser(here.operator, ann.userId))?.['metadata']).toEqual([]);
    await expect(set(here.operator, ann.userId, 251)).rejects.toThrow(/^BAD_USER_INPUT: .*input.entries/);
    await rig.mutate(gone.asker, 'eraseUser', {});
    for (const userId of [far.userId, gone.userId]) await expect(set(here.operator, userId)).rejects.toThrow(/^NOT_FOUND/);
    const program = { tenant: here.tenant, viewer: { kind: 'TOKEN' as const, tokenId: 'tok_x', roles: ['PARTNER' as const], grants: ['orders.read'], vendors: [] } };
    await expect(set(program, ann.userId)).rejects.toThrow(/^FORBIDDEN/);
    await expect(set(ann.asker, ann.userId)).rejects.toThrow(/^FORBIDDEN/);
  });
});

describe('switching an account off and on', () => {
  it('ends its sessions, and lets the person in again afterwards [USER-04]', async () => {
    const { tenant, guest, operator } = someTenant();
    const ann = await rig.shopper(tenant);
    for (let n = 0; n < 2; n += 1) expect(await rig.mutate(operator, 'deactivateUser', { userId: ann.userId })).toMatchObject({ __typename: 'User', id: ann.userId });
    expect(await rig.mutate(guest, 'refreshSession', { refreshToken: ann.refreshToken })).toMatchObject({ __typename: 'SessionEnded' });
    expect(await rig.said(tenant.id, 'session-revoked')).toMatchObject([{ why: 'ACCOUNT_CLOSED' }]);
    await expect(rig.mutate({ ...ann.asker }, 'changeProfile', { name: 'x' })).rejects.toThrow(/^UNAUTHENTICATED/);
    for (let n = 0; n < 2; n += 1) expect(await rig.mutate(operator, 'reactivateUser', { userId: ann.userId })).toMatchObject({ __typename: 'User' });
    expect(await rig.said(tenant.id, 'viewer-changed')).toHaveLength(2);
    await rig.signIn(tenant, ann.email);
  });

  it('does not know people of another marketplace, and is refused to shoppers', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const ann = await rig.shopper(here.tenant);
    for (const field of ['deactivateUser', 'reactivateUser'] as const) {
      await expect(rig.mutate(there.operator, field, { userId: ann.userId })).rejects.toThrow('NOT_FOUND: No such user.');
      await expect(rig.mutate(ann.asker, field, { userId: ann.userId })).rejects.toThrow(/^FORBIDDEN/);
    }
    await rig.signIn(here.tenant, ann.email);
  });
});

describe('eraseUser', () => {
  it('leaves nothing personal in any table, and a bare id; the address can be registered anew [USER-04]', async () => {
    const { tenant, guest, operator } = someTenant();
    const name = 'Zebulon Quixote';
    const email = someEmail('zebulon');
    await rig.mutate({ ...guest, idempotencyKey: 'key-z' }, 'register', { email, password: goodPassword, name });
    await rig.mutate(guest, 'signIn', { email, password: 'not the password 1' });
    const zed = await rig.signIn(tenant, email, goodPassword, '203.0.113.77');
    await rig.mutate(zed.asker, 'changeProfile', { phone: '+46701234567' });
    await rig.mutate(zed.asker, 'saveAddress', { address: { name, line1: 'Quixote Street 1', city: 'Lund', postalCode: '222 22', country: 'SE' } });
    await rig.mutate(guest, 'requestPasswordReset', { email });
    await rig.mutate(operator, 'setUserMetadata', { userId: zed.userId, entries: [{ key: 'crm', value: 'zebulon-crm' }] });
    await rig.mutate(zed.asker, 'startTotp');
    expect(await everything()).toMatch(/zebulon/i);
    expect(await rig.mutate(zed.asker, 'eraseUser', {})).toEqual({ __typename: 'EraseUserSucceeded', userId: zed.userId });
    expect(await everything()).not.toMatch(/zebulon|quixote|46701234567|203\.0\.113\.77/i);
    expect(await rig.subgraph.query('select 1 from identity.attempt where tenant_id = $1 and subject = encode(sha256($2), \'hex\')', [tenant.id, Buffer.from(email)])).toEqual([]);
    expect(await rig.said(tenant.id, 'user-erased')).toEqual([{ userId: zed.userId }]);
    expect(await readUser(operator, zed.userId)).toMatchObject({ id: zed.userId, email: null, name: null, metadata: [] });
    expect(await rig.read(operator, '{ users { totalCount } }')).toEqual({ users: { totalCount: 0 } });
    await expect(rig.mutate(operator, 'reactivateUser', { userId: zed.userId })).rejects.toThrow(/^NOT_FOUND/);
    await rig.mutate(guest, 'register', { email, password: goodPassword });
    expect((await rig.signIn(tenant, email)).userId).not.toBe(zed.userId);
  });

  it('is for the person and for operators of the place, and knows nobody else [USER-04]', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, bea] = [await rig.shopper(here.tenant), await rig.shopper(here.tenant)];
    await expect(rig.mutate(bea.asker, 'eraseUser', { userId: ann.userId })).rejects.toThrow('NOT_FOUND: No such user.');
    await expect(rig.mutate(there.operator, 'eraseUser', { userId: ann.userId })).rejects.toThrow('NOT_FOUND: No such user.');
    await expect(rig.mutate(here.guest, 'eraseUser', { userId: ann.userId })).rejects.toThrow(/^UNAUTHENTICATED/);
    expect(await rig.mutate({ tenant: here.tenant, viewer: testViewer('usr_op', ['OPERATOR']) }, 'eraseUser', { userId: ann.userId })).toMatchObject({ __typename: 'EraseUserSucceeded' });
    await expect(rig.mutate(here.operator, 'eraseUser', { userId: ann.userId })).rejects.toThrow(/^NOT_FOUND/);
    expect((await rig.said(here.tenant.id, 'user-erased')).length).toBe(1);
  });

  /** All rows of all tables of the schema, as text. */
  async function everything(): Promise<string> {
    const tables = await rig.subgraph.query<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'identity'`);
    const texts = await Promise.all(tables.map(({ name }) => rig.subgraph.query<{ row: string }>(`select t::text as row from identity.${name} t`)));
    return texts.flat().map(({ row }) => row).join('\n');
  }
});

describe('the viewer', () => {
  it('is a guest where nobody is signed in, and a token is no person [AUTH-14]', async () => {
    const { tenant, guest } = someTenant();
    expect(await rig.read(guest, '{ viewer { kind roles grants user { id } session { id } vendors { id } } }')).toEqual({ viewer: { kind: 'GUEST', roles: [], grants: [], user: null, session: null, vendors: [] } });
    const program = { tenant, viewer: { kind: 'TOKEN' as const, tokenId: 'tok_x', roles: ['PARTNER' as const], grants: ['orders.read'], vendors: [] } };
    expect(await rig.read(program, '{ viewer { kind roles grants user { id } } }')).toEqual({ viewer: { kind: 'TOKEN', roles: ['PARTNER'], grants: ['orders.read'], user: null } });
  });
});

describe('contacts.read', () => {
  it('tells a subgraph how people of its tenant are reached, and nobody else', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, bea] = [await rig.shopper(here.tenant), await rig.shopper(there.tenant)];
    const userIds = [ann.userId, bea.userId, 'usr_nobody'];
    expect(await rig.subgraph.put({ tenant: here.tenant, viewer: systemViewer }, contactsRead, { userIds })).toEqual({ contacts: [{ userId: ann.userId, email: ann.email, name: 'ann', locale: 'en' }] });
    for (const asker of [ann.asker, here.guest, here.operator]) expect(await rig.subgraph.put(asker, contactsRead, { userIds })).toEqual({ contacts: [] });
  });
});
