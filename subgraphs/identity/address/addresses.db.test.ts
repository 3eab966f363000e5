import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressRead } from '@haat/schema/asks/identity';
import { IdentityRig, someTenant, type Person } from '../testing/identity-rig.js';

let rig: IdentityRig;
beforeAll(async () => { rig = await IdentityRig.start(); });
afterAll(() => rig[Symbol.asyncDispose]());

const dhaka = { line1: ' House 12, Road 5 ', city: 'Dhaka', postalCode: '1205', country: 'BD', phone: '01712345678' };
const stockholm = { name: 'Ann', line1: 'Storgatan 5', city: 'Stockholm', postalCode: '114 55', country: 'SE' };

const save = (who: Person, input: Record<string, unknown>) => rig.mutate(who.asker, 'saveAddress', input);
const kept = async (who: Person) => (await rig.read<{ viewer: { user: { addresses: { id: string; isDefault: boolean }[] } } }>(who.asker, '{ viewer { user { addresses { id label isDefault address { city } } } } }')).viewer.user.addresses;

describe('saveAddress', () => {
  it('keeps an address by its country\'s rules, tidied, the first as the default one [USER-03]', async () => {
    const ann = await rig.shopper(someTenant().tenant);
    const first = await save(ann, { address: dhaka, label: ' Home ', isDefault: false });
    expect(first).toMatchObject({ __typename: 'SavedAddress', label: 'Home', isDefault: true, address: { line1: 'House 12, Road 5', phone: '+8801712345678' } });
    expect(await save(ann, { address: stockholm })).toMatchObject({ isDefault: false, label: null });
    expect(await kept(ann)).toMatchObject([{ id: first['id'], isDefault: true }, { isDefault: false, address: { city: 'Stockholm' } }]);
  });

  it('changes an address in its place, and moves the default to a new one [USER-03]', async () => {
    const ann = await rig.shopper(someTenant().tenant);
    const [first, second] = [await save(ann, { address: dhaka }), await save(ann, { address: stockholm, isDefault: true })];
    expect(await kept(ann)).toMatchObject([{ id: second['id'], isDefault: true }, { id: first['id'], isDefault: false }]);
    expect(await save(ann, { id: second['id'], address: { ...stockholm, city: 'Solna' } })).toMatchObject({ id: second['id'], isDefault: true, address: { city: 'Solna' } });
    await save(ann, { id: first['id'], address: dhaka, isDefault: true });
    expect(await kept(ann)).toMatchObject([{ id: first['id'], isDefault: true }, { id: second['id'], isDefault: false }]);
    await save(ann, { id: first['id'], address: dhaka, isDefault: false });
    expect((await kept(ann)).filter((a) => a.isDefault)).toEqual([]);
  });

  it('keeps nothing of somebody who was erased or switched off meanwhile', async () => {
    const { tenant, operator } = someTenant();
    const [ann, bea] = [await rig.shopper(tenant), await rig.shopper(tenant)];
    await rig.mutate(operator, 'eraseUser', { userId: ann.userId });
    await rig.mutate(operator, 'deactivateUser', { userId: bea.userId });
    for (const person of [ann, bea]) await expect(save(person, { address: stockholm })).rejects.toThrow(/^UNAUTHENTICATED/);
    expect(await rig.subgraph.query('select 1 from identity.saved_address where user_id = any($1)', [[ann.userId, bea.userId]])).toEqual([]);
  });

  it('names every part that its country asks for, and saves nothing [USER-03]', async () => {
    const ann = await rig.shopper(someTenant().tenant);
    const outcome = await save(ann, { address: { line1: ' ', country: 'SE', postalCode: '1205', phone: '12' } });
    expect(outcome).toMatchObject({ __typename: 'AddressNotAccepted' });
    expect((outcome['faults'] as { part: string }[]).map((f) => f.part)).toEqual(['line1', 'city', 'postalCode', 'phone']);
    await expect(save(ann, { address: { line1: 'x', country: 'se' } })).rejects.toThrow(/^BAD_USER_INPUT|country/);
    await expect(save(ann, { address: dhaka, label: 'x'.repeat(61) })).rejects.toThrow(/^BAD_USER_INPUT: .*input.label/);
    expect(await kept(ann)).toEqual([]);
  });

  it('keeps a hundred, and not one more when many are saved at the same time [USER-03]', async () => {
    const ann = await rig.shopper(someTenant().tenant);
    const outcomes: Awaited<ReturnType<typeof save>>[] = [];
    // Fifteen at a time: more would only wait for one of three connections.
    for (let wave = 0; wave < 7; wave += 1) outcomes.push(...(await Promise.all(Array.from({ length: 15 }, () => save(ann, { address: stockholm, isDefault: true })))));
    expect(outcomes.filter((o) => o.__typename === 'SavedAddress')).toHaveLength(100);
    expect(outcomes.find((o) => o.__typename === 'TooManyAddresses')).toMatchObject({ max: 100 });
    const all = await kept(ann);
    expect([all.length, all.filter((a) => a.isDefault).length]).toEqual([100, 1]);
    expect(await save(ann, { id: all[5]?.id, address: dhaka })).toMatchObject({ __typename: 'SavedAddress' });
  });

  it('does not know anybody else\'s, and refuses guests', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, bea, far] = [await rig.shopper(here.tenant), await rig.shopper(here.tenant), await rig.shopper(there.tenant)];
    const { id } = await save(ann, { address: dhaka });
    for (const other of [bea, far]) await expect(save(other, { id, address: stockholm })).rejects.toThrow('NOT_FOUND: No such saved address.');
    await expect(rig.mutate(here.guest, 'saveAddress', { address: dhaka })).rejects.toThrow(/^UNAUTHENTICATED/);
    expect(await kept(ann)).toMatchObject([{ address: { city: 'Dhaka' } }]);
  });
});

describe('removeAddress', () => {
  it('removes one of the viewer\'s own, once, and nobody else\'s [USER-03]', async () => {
    const here = someTenant();
    const [ann, bea] = [await rig.shopper(here.tenant), await rig.shopper(here.tenant)];
    const { id } = await save(ann, { address: dhaka });
    const none = { __typename: 'AddressNotKept', message: 'There is no such address among yours.' };
    expect(await rig.mutate(bea.asker, 'removeAddress', { id })).toEqual(none);
    await expect(rig.mutate(here.guest, 'removeAddress', { id })).rejects.toThrow(/^UNAUTHENTICATED/);
    expect(await rig.mutate(ann.asker, 'removeAddress', { id })).toEqual({ __typename: 'RemoveAddressSucceeded', id });
    expect(await rig.mutate(ann.asker, 'removeAddress', { id })).toEqual(none);
    expect(await save(ann, { address: stockholm })).toMatchObject({ isDefault: true });
  });
});

describe('address.read', () => {
  it('answers an address to its owner and to nobody else [USER-03]', async () => {
    const [here, there] = [someTenant(), someTenant()];
    const [ann, bea] = [await rig.shopper(here.tenant), await rig.shopper(here.tenant)];
    const { id } = await save(ann, { address: stockholm });
    const savedAddressId = String(id);
    expect(await rig.subgraph.put(ann.asker, addressRead, { savedAddressId })).toEqual({ address: { ...stockholm, company: null, line2: null, district: null, region: null, phone: null } });
    for (const asker of [bea.asker, here.guest, here.operator, { ...ann.asker, tenant: there.tenant }]) expect(await rig.subgraph.put(asker, addressRead, { savedAddressId })).toEqual({ address: null });
  });
});
