import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantOf, mutation, nobody, productInput, startCatalog, type CatalogRig } from '../testing/catalog-rig.js';

let rig: CatalogRig;
const vendorId = newId('ven');
const vendor = merchantOf(vendorId);
const stranger = merchantOf(newId('ven'));
beforeAll(async () => {
  rig = await startCatalog({ isWithoutJobs: true });
  await rig.approve(vendorId);
});
afterAll(() => rig?.[Symbol.asyncDispose]());

const request = '... on ChangeRequest { id status action reason changes { field now proposed } }';
const shown = `${request} ... on ChangeRequestClosed { now }`;
const ask = (productId: string, more: object) => rig.mutate('requestProductChange', { vendorId, productId, ...more }, request, vendor);
const titleOf = async (id: string) => (await rig.run<{ product: { title: string; status: string } }>(`{ product(id: "${id}") { title status } }`)).product;
const read = async (id: string, as: object) => (await rig.run<{ changeRequest: { status: string } | null }>(`{ changeRequest(id: "${id}") { status product { title } } }`, {}, as)).changeRequest;

describe('A change that a vendor asks for', () => {
  it('waits, changes the shared page once an operator confirms it, and is said each time [VEN-12]', async () => {
    const { id } = await rig.product({ title: 'Old name' });
    const made = await ask(id, { title: 'New name', tags: ['clay'], note: 'As on the box.' });
    expect(made).toMatchObject({ __typename: 'ChangeRequest', status: 'PENDING', action: 'UPDATE', changes: [{ field: 'title', now: 'Old name', proposed: 'New name' }, { field: 'tags', now: '[]', proposed: '["clay"]' }] });
    expect((await titleOf(id)).title).toBe('Old name');
    expect(await rig.mutate('confirmProductChange', { changeRequestId: made.id }, shown)).toMatchObject({ status: 'CONFIRMED' });
    expect((await titleOf(id)).title).toBe('New name');
    expect(await rig.mutate('confirmProductChange', { changeRequestId: made.id }, shown)).toMatchObject({ __typename: 'ChangeRequestClosed', now: 'CONFIRMED' });
    const said = (await rig.subgraph.events(rig.tenant.id)).filter(({ aggregate }) => aggregate.id === made.id).map(({ payload }) => payload['status']);
    expect(said).toEqual(['PENDING', 'CONFIRMED']);
  });

  it('is declined with a reason, or taken back, and changes nothing', async () => {
    const { id } = await rig.product({ title: 'Stays' });
    const [one, two] = [await ask(id, { title: 'Never' }), await ask(id, { action: 'ARCHIVE' })];
    expect(await rig.mutate('declineProductChange', { changeRequestId: one.id, reason: 'It is called so.' }, shown)).toMatchObject({ status: 'DECLINED', reason: 'It is called so.' });
    expect(await rig.mutate('cancelProductChange', { changeRequestId: two.id }, shown, vendor)).toMatchObject({ status: 'CANCELED' });
    expect(await rig.mutate('cancelProductChange', { changeRequestId: one.id }, shown, vendor)).toMatchObject({ now: 'DECLINED' });
    expect(await titleOf(id)).toEqual({ title: 'Stays', status: 'PUBLISHED' });
    const list = await rig.run<{ changeRequests: { nodes: { id: string }[] } }>(`{ changeRequests(vendorId: "${vendorId}", productId: "${id}") { nodes { id } } }`, {}, vendor);
    expect(list.changeRequests.nodes.map((node) => node.id).toSorted()).toEqual([one.id, two.id].toSorted());
  });

  it('archives a shared page when that was asked, and meets what stands in its way', async () => {
    const { id } = await rig.product();
    const [archive, late] = [await ask(id, { action: 'ARCHIVE' }), await ask(id, { slug: 'kept-slug' })];
    await rig.product({ slug: 'kept-slug' });
    expect(await rig.mutate('confirmProductChange', { changeRequestId: late.id }, '... on SlugTaken { slug }')).toMatchObject({ __typename: 'SlugTaken' });
    expect(await read(late.id, vendor)).toMatchObject({ status: 'PENDING' });
    expect(await rig.mutate('confirmProductChange', { changeRequestId: archive.id }, shown)).toMatchObject({ status: 'CONFIRMED' });
    expect((await titleOf(id)).status).toBe('ARCHIVED');
  });

  it('is its vendor’s and the keeper’s to see, and the keeper’s to decide', async () => {
    const { id } = await rig.product();
    const made = await ask(id, { title: 'Mine' });
    expect([(await read(made.id, vendor))?.status, (await read(made.id, {}))?.status, await read(made.id, stranger)]).toEqual(['PENDING', 'PENDING', null]);
    const code = async (name: string, input: object, as: object) => (await rig.refusal(mutation(name), { input: { changeRequestId: made.id, ...input } }, as)).code;
    expect([await code('confirmProductChange', {}, vendor), await code('declineProductChange', { reason: 'No.' }, stranger), await code('cancelProductChange', {}, stranger), await code('confirmProductChange', {}, nobody)]).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'UNAUTHENTICATED']);
    expect((await rig.refusal('{ changeRequests { nodes { id } } }', {}, vendor)).code).toBe('FORBIDDEN');
    const asStranger = { vendorId, productId: id, title: 'Theirs' };
    expect((await rig.refusal(mutation('requestProductChange'), { input: asStranger }, stranger)).code).toBe('FORBIDDEN');
    expect((await rig.refusal(mutation('requestProductChange'), { input: { vendorId, productId: id } }, vendor)).code).toBe('BAD_USER_INPUT');
  });
});

describe('A product of a vendor’s own', () => {
  it('is a draft that only its vendor and the operators see, and is changed without asking [VEN-12]', async () => {
    const made = await rig.mutate('createProduct', productInput({ vendorId, title: 'Own pot' }), '... on Product { id }', vendor);
    const seen = async (as: object) => (await rig.run<{ product: object | null }>(`{ product(id: "${made.id}") { status } }`, {}, as)).product;
    expect([await seen(vendor), await seen({}), await seen(stranger), await seen(nobody)]).toEqual([{ status: 'DRAFT' }, { status: 'DRAFT' }, null, null]);
    const listed = async (as: object, filter = '') => (await rig.run<{ products: { nodes: { id: string }[] } }>(`{ products(first: 100${filter}) { nodes { id } } }`, {}, as)).products.nodes.map(({ id }) => id).includes(made.id);
    expect([await listed(vendor), await listed({}), await listed(stranger)]).toEqual([true, true, false]);
    expect((await rig.refusal(`{ products(filter: { vendor: "${vendorId}", status: DRAFT }) { nodes { id } } }`, {}, stranger)).code).toBe('FORBIDDEN');
    expect(await ask(made.id, { title: 'Asked' })).toMatchObject({ __typename: 'OwnProduct' });
    expect(await rig.mutate('changeProduct', { productId: made.id, title: 'Changed' }, '... on Product { title }', vendor)).toMatchObject({ title: 'Changed' });
    expect(await rig.mutate('publishProduct', { productId: made.id }, '... on Product { status }', vendor)).toMatchObject({ status: 'PUBLISHED' });
  });

  it('is not shown to shoppers by somebody who only applied', async () => {
    const [waiting, person] = [newId('ven'), newId('ven')].map((id) => merchantOf(id)) as [ReturnType<typeof merchantOf>, ReturnType<typeof merchantOf>];
    const own = waiting.viewer?.vendors[0]?.id;
    const made = await rig.mutate('createProduct', productInput({ vendorId: own }), '... on Product { id }', waiting);
    expect((await rig.refusal(mutation('publishProduct'), { input: { productId: made.id } }, waiting)).code).toBe('FORBIDDEN');
    expect((await rig.refusal(mutation('publishProduct'), { input: { productId: made.id } }, person)).code).toBe('NOT_FOUND');
    await rig.mutate('publishProduct', { productId: made.id });
    for (const name of ['changeProduct', 'archiveProduct']) expect((await rig.refusal(mutation(name), { input: { productId: made.id } }, waiting)).code, name).toBe('FORBIDDEN');
  });
});
