import { createHash } from 'node:crypto';
import { apiTokenPattern } from '@haat/schema/tokens';
import { tokenResolve } from '@haat/schema/asks/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IdentityRig, someTenant } from '../testing/identity-rig.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const wish = { name: ' Stock import ', kind: 'PARTNER', grants: ['orders.read', 'orders.manage'] };
const hashOf = (secret: unknown) => createHash('sha256').update(String(secret)).digest('hex');
const idOf = (outcome: Record<string, unknown>) => (outcome['token'] as { id: string }).id;
type Here = ReturnType<typeof someTenant>;
const resolve = async ({ tenant }: Pick<Here, 'tenant'>, secret: unknown) => (await rig.subgraph.put({ tenant }, tokenResolve, { hash: hashOf(secret) })).token;

describe('createApiToken', () => {
  it('shows a secret that names the marketplace once, and keeps its hash only [AUTH-15, AUTH-11]', async () => {
    const here = someTenant();
    const made = await rig.mutate(here.operator, 'createApiToken', wish);
    expect(made).toMatchObject({ __typename: 'CreateApiTokenSucceeded', secret: expect.stringMatching(apiTokenPattern), token: { name: 'Stock import', kind: 'PARTNER', grants: wish.grants, expiresAt: null } });
    expect(made['secret']).toContain(`_${here.tenant.slug}_`);
    const kept = JSON.stringify([await rig.subgraph.query('select * from identity.api_token'), await rig.subgraph.query('select * from identity.outbox')]);
    expect(kept).toContain(hashOf(made['secret']));
    expect(kept).not.toContain(made['secret']);
    const listed = await rig.read<object>(here.operator, '{ apiTokens { nodes { id name revokedAt lastUsedAt } } }');
    expect(listed).toEqual({ apiTokens: { nodes: [{ id: idOf(made), name: 'Stock import', revokedAt: null, lastUsedAt: null }] } });
  });

  it.each([
    ['no name', { ...wish, name: ' ' }, 'input.name'],
    ['no grants', { ...wish, grants: [] }, 'input.grants'],
    ['every right', { ...wish, grants: ['*'] }, 'input.grants.0'],
    ['an address that is none', { ...wish, allowedAddresses: ['192.0.2.1', 'example.com'] }, 'input.allowedAddresses.1'],
    ['more than twenty addresses', { ...wish, allowedAddresses: Array.from({ length: 21 }, (_, n) => `192.0.2.${n}`) }, 'input.allowedAddresses'],
    ['a moment that has passed', { ...wish, expiresAt: '2026-01-01T00:00:00Z' }, 'input.expiresAt'],
  ])('refuses %s and names it', async (_, input, path) => {
    rig.clock.advance(1_000);
    await expect(rig.mutate(someTenant().operator, 'createApiToken', input)).rejects.toThrow(new RegExp(`^BAD_USER_INPUT: .*${path.replace('.', '\\.')}`));
  });

  it('makes as many as the plan allows, however many ask at the same time; a revoked or expired one frees its place [TEN-02, AUTH-15]', async () => {
    const here = someTenant({ limits: { apiTokens: 3 } });
    const expiresAt = new Date(rig.clock.now().getTime() + 60_000).toISOString();
    const first = await rig.mutate(here.operator, 'createApiToken', { ...wish, expiresAt });
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => rig.mutate(here.operator, 'createApiToken', wish)));
    const made = outcomes.filter((o) => o.__typename === 'CreateApiTokenSucceeded');
    expect(first.__typename).toBe('CreateApiTokenSucceeded');
    expect(made).toHaveLength(2);
    expect(outcomes.find((o) => o.__typename === 'ApiTokenLimitReached')).toMatchObject({ limit: 3 });
    await rig.mutate(here.operator, 'revokeApiToken', { tokenId: idOf(made[0] ?? {}) });
    expect(await rig.mutate(here.operator, 'createApiToken', wish)).toMatchObject({ __typename: 'CreateApiTokenSucceeded' });
    rig.clock.advance(60_000);
    expect(await rig.mutate(here.operator, 'createApiToken', wish)).toMatchObject({ __typename: 'CreateApiTokenSucceeded' });
    expect(await rig.mutate(here.operator, 'createApiToken', wish)).toMatchObject({ __typename: 'ApiTokenLimitReached' });
    expect((await rig.said(here.tenant.id, 'usage-counted')).map((p) => p['used'])).toEqual([1, 2, 3, 2, 3, 3]);
  });

  it('is refused to everybody but operators [AUTH-08]', async () => {
    const here = someTenant();
    const ann = await rig.shopper(here.tenant);
    await expect(rig.mutate(here.guest, 'createApiToken', wish)).rejects.toThrow(/^UNAUTHENTICATED/);
    await expect(rig.mutate(ann.asker, 'createApiToken', wish)).rejects.toThrow(/^FORBIDDEN/);
    const partner = { tenant: here.tenant, viewer: { kind: 'TOKEN' as const, tokenId: 'tok_x', roles: ['PARTNER' as const], grants: ['orders.read'], vendors: [] } };
    await expect(rig.mutate(partner, 'createApiToken', wish)).rejects.toThrow(/^FORBIDDEN/);
    await expect(rig.read(ann.asker, '{ apiTokens { nodes { id } } }')).rejects.toThrow(/^FORBIDDEN/);
  });
});

describe('token.resolve', () => {
  it('says who shows a token and with which rights, in its own marketplace only [AUTH-15, AUTH-08]', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const partner = await rig.mutate(here.operator, 'createApiToken', wish);
    const machine = await rig.mutate(here.operator, 'createApiToken', { ...wish, kind: 'MACHINE', grants: ['stock.write'] });
    expect(await resolve(here, partner['secret'])).toEqual({ kind: 'PARTNER', expiresAt: null, viewer: { kind: 'TOKEN', tokenId: idOf(partner), roles: ['PARTNER'], grants: wish.grants, vendors: [] } });
    expect(await resolve(here, machine['secret'])).toMatchObject({ kind: 'MACHINE', viewer: { roles: [], grants: ['stock.write'] } });
    expect(await resolve(there, partner['secret'])).toBeNull();
    expect(await resolve(here, 'haat_guess')).toBeNull();
  });

  it('says from which addresses a token may be shown, each once, where it was made for some [AUTH-15]', async () => {
    const here = someTenant();
    const made = await rig.mutate(here.operator, 'createApiToken', { ...wish, allowedAddresses: ['192.0.2.0/24', '2001:db8::1', '192.0.2.0/24'] });
    const allowedAddresses = ['192.0.2.0/24', '2001:db8::1'];
    expect(made).toMatchObject({ token: { allowedAddresses } });
    expect(await resolve(here, made['secret'])).toMatchObject({ allowedAddresses });
    for (const none of [[], null]) expect(await rig.mutate(here.operator, 'createApiToken', { ...wish, allowedAddresses: none })).toMatchObject({ token: { allowedAddresses: [] } });
    const { apiTokens } = await rig.read<{ apiTokens: { nodes: { id: string; allowedAddresses: string[] }[] } }>(here.operator, '{ apiTokens { nodes { id allowedAddresses } } }');
    expect(apiTokens.nodes.find(({ id }) => id === idOf(made))?.allowedAddresses).toEqual(allowedAddresses);
  });

  it('knows no token that was revoked or has expired, and remembers the last use to five minutes [AUTH-15]', async () => {
    const here = someTenant();
    const [revoked, short] = [await rig.mutate(here.operator, 'createApiToken', wish), await rig.mutate(here.operator, 'createApiToken', { ...wish, expiresAt: new Date(rig.clock.now().getTime() + 600_000).toISOString() })];
    const used = async () => (await rig.subgraph.query<{ last_used_at: Date }>('select last_used_at from identity.api_token where id = $1', [idOf(short)]))[0]?.last_used_at?.getTime();
    await resolve(here, short['secret']);
    const first = rig.clock.now().getTime();
    rig.clock.advance(299_000);
    await resolve(here, short['secret']);
    expect(await used()).toBe(first);
    rig.clock.advance(1_000);
    await resolve(here, short['secret']);
    expect(await used()).toBe(first + 300_000);
    rig.clock.advance(300_000);
    expect(await resolve(here, short['secret'])).toBeNull();
    await rig.mutate(here.operator, 'revokeApiToken', { tokenId: idOf(revoked) });
    expect(await resolve(here, revoked['secret'])).toBeNull();
  });
});

describe('revokeApiToken', () => {
  it('ends a token once and says so to gateways [AUTH-15]', async () => {
    const here = someTenant();
    const tokenId = idOf(await rig.mutate(here.operator, 'createApiToken', wish));
    const ends = await Promise.all([1, 2, 3].map(() => rig.mutate(here.operator, 'revokeApiToken', { tokenId })));
    expect(ends).toEqual(Array(3).fill({ __typename: 'ApiToken', id: tokenId, revokedAt: rig.clock.now().toISOString() }));
    expect(await rig.said(here.tenant.id, 'viewer-changed')).toEqual([{ tokenId }]);
  });

  it('says of a token that ran out that there was nothing to end', async () => {
    const here = someTenant();
    const expiresAt = new Date(rig.clock.now().getTime() + 60_000);
    const tokenId = idOf(await rig.mutate(here.operator, 'createApiToken', { ...wish, expiresAt: expiresAt.toISOString() }));
    rig.clock.advance(60_000);
    expect(await rig.mutate(here.operator, 'revokeApiToken', { tokenId })).toMatchObject({ __typename: 'ApiTokenExpired', expiredAt: expiresAt.toISOString() });
  });

  it('does not know a token of another marketplace', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const made = await rig.mutate(here.operator, 'createApiToken', wish);
    await expect(rig.mutate(there.operator, 'revokeApiToken', { tokenId: idOf(made) })).rejects.toThrow('NOT_FOUND: No such API token.');
    expect(await resolve(here, made['secret'])).not.toBeNull();
  });
});
