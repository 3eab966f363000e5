import { newId } from '@haat/kit/id';
import { eventually } from '@haat/kit/testing/eventually';
import { FakeClock } from '@haat/kit/testing/fake-clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantOf, mutation, nobody, startCatalog, type CatalogRig } from '../testing/catalog-rig.js';

const clock = new FakeClock('2026-03-01T08:00:00Z');
let rig: CatalogRig;
beforeAll(async () => { rig = await startCatalog({ clock }); });
afterAll(() => rig?.[Symbol.asyncDispose]());

const read = async (id: string, as = {}) => (await rig.run<{ product: { title: string; status: string; publishAt: string | null } | null }>(`{ product(id: "${id}") { title status publishAt } }`, {}, as)).product;
const typesOf = async (id: string) => (await rig.subgraph.events(rig.tenant.id)).filter(({ aggregate }) => aggregate.id === id).map(({ type, aggregate }) => `${type}@${aggregate.version}`);

describe('Publishing a product', () => {
  it('shows it to shoppers, who saw nothing of the draft; staff sees both [CAT-01] [CAT-11]', async () => {
    const { id } = await rig.product({}, true);
    expect([await read(id, nobody), (await read(id))?.status, await read(id, merchantOf(newId('ven')))]).toEqual([null, 'DRAFT', null]);
    expect(await read(id, merchantOf(newId('ven'), ['orders.manage']))).toBeNull();
    expect(await rig.mutate('publishProduct', { productId: id }, '... on Product { status publishedAt }')).toMatchObject({ status: 'PUBLISHED', publishedAt: '2026-03-01T08:00:00.000Z' });
    expect((await read(id, nobody))?.status).toBe('PUBLISHED');
    await rig.mutate('publishProduct', { productId: id });
    expect(await typesOf(id)).toEqual(['catalog.product-changed@1', 'catalog.product-published@2']);
  });

  it('happens by itself at its time, once, and not before [CAT-11]', async () => {
    const { id } = await rig.product({}, true);
    const at = '2026-03-01T09:00:00.000Z';
    expect(await rig.mutate('publishProduct', { productId: id, at }, '... on Product { status publishAt }')).toMatchObject({ status: 'SCHEDULED', publishAt: at });
    expect(await read(id, nobody)).toBeNull();
    clock.advance(3_600_000);
    expect(await eventually(() => read(id, nobody))).toMatchObject({ status: 'PUBLISHED', publishAt: null });
    expect(await typesOf(id)).toEqual(['catalog.product-changed@1', 'catalog.product-changed@2', 'catalog.product-published@3']);
  });

  it('answers AttributesMissing until required values are there, and AlreadyPublished where there is nothing to plan', async () => {
    const { id } = await rig.product({ attributes: [] }, true);
    expect(await rig.mutate('publishProduct', { productId: id }, '... on AttributesMissing { attributes }')).toMatchObject({ __typename: 'AttributesMissing', attributes: ['volume'] });
    await rig.mutate('changeProduct', { productId: id, attributes: [{ key: 'volume', number: 1 }] });
    expect(await rig.mutate('publishProduct', { productId: id })).toMatchObject({ __typename: 'Product' });
    expect(await rig.mutate('publishProduct', { productId: id, at: '2026-06-01T00:00:00Z' })).toMatchObject({ __typename: 'AlreadyPublished' });
    expect(await rig.refusal(mutation('publishProduct'), { input: { productId: (await rig.product({}, true)).id, at: '2030-01-01T00:00:00Z' } })).toEqual({ code: 'BAD_USER_INPUT', paths: ['input.at'] });
  });

  it('ends by archiving, which also drops a plan, and may begin again', async () => {
    const { id } = await rig.product({}, true);
    await rig.mutate('publishProduct', { productId: id, at: new Date(clock.now().getTime() + 60_000).toISOString() });
    expect(await rig.mutate('archiveProduct', { productId: id }, '... on Product { status publishAt }')).toMatchObject({ status: 'ARCHIVED', publishAt: null });
    expect(await rig.mutate('archiveProduct', { productId: id })).toMatchObject({ __typename: 'AlreadyArchived' });
    expect(await read(id, nobody)).toBeNull();
    expect(await rig.mutate('publishProduct', { productId: id }, '... on Product { status }')).toMatchObject({ status: 'PUBLISHED' });
    expect(await typesOf(id)).toEqual(['catalog.product-changed@1', 'catalog.product-changed@2', 'catalog.product-archived@3', 'catalog.product-published@4']);
  });

  it('is not for those who do not keep the page', async () => {
    const { id } = await rig.product({ vendorId: newId('ven') });
    const attempt = async (name: string, as: object) => (await rig.refusal(mutation(name), { input: { productId: id } }, as)).code;
    expect(await attempt('publishProduct', merchantOf(newId('ven')))).toBe('FORBIDDEN');
    expect(await attempt('archiveProduct', nobody)).toBe('UNAUTHENTICATED');
    expect((await rig.refusal(mutation('archiveProduct'), { input: { productId: newId('prod') } })).code).toBe('NOT_FOUND');
  });
});
