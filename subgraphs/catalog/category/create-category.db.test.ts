import { newId } from '@haat/kit/id';
import { testTenant } from '@haat/kit/testing/test-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { categoriesMax, categoryDepthMax, productTypesMax } from '../limits.js';
import { merchantOf, mutation, nobody, startCatalog, type CatalogRig } from '../testing/catalog-rig.js';

let rig: CatalogRig;
beforeAll(async () => { rig = await startCatalog(); });
afterAll(() => rig?.[Symbol.asyncDispose]());

const create = (input: object, fields = '... on Category { id }') => rig.mutate('createCategory', input, fields);
const read = async (by: string, as: object = nobody) => (await rig.run<{ category: object | null }>(`{ category(${by}) { slug name parent { slug } children { slug } ancestors { slug } } }`, {}, as)).category;

describe('Categories', () => {
  it('make a tree that is read both ways, in the language of who asks, and are said [CAT-04]', async () => {
    const top = await create({ name: 'Tea', slug: 'tea', translations: [{ locale: 'sv', name: 'Te' }] });
    const mid = await create({ name: 'Green Tea', parentId: top.id, position: 2 });
    await create({ name: 'Black Tea', parentId: top.id, position: 1 });
    const leaf = await create({ name: 'Sencha', parentId: mid.id });
    expect(await read(`id: "${leaf.id}"`)).toEqual({ slug: 'sencha', name: 'Sencha', parent: { slug: 'green-tea' }, children: [], ancestors: [{ slug: 'tea' }, { slug: 'green-tea' }] });
    expect(await read('slug: "tea"', { ...nobody, locale: 'sv' })).toEqual({ slug: 'tea', name: 'Te', parent: null, children: [{ slug: 'black-tea' }, { slug: 'green-tea' }], ancestors: [] });
    const event = (await rig.subgraph.events(rig.tenant.id)).find(({ aggregate }) => aggregate.id === leaf.id);
    expect(event).toMatchObject({ type: 'catalog.category-changed', payload: { categoryId: leaf.id, parentId: mid.id, ancestorIds: [top.id, mid.id], names: { en: 'Sencha' } } });
  });

  it('answer SlugTaken, and keep former slugs leading to them', async () => {
    const { id } = await create({ name: 'Coffee', slug: 'coffee' });
    expect(await create({ name: 'Other', slug: 'Coffee' })).toMatchObject({ __typename: 'SlugTaken' });
    expect(await rig.mutate('changeCategory', { categoryId: id, slug: 'kaffe', name: 'Roasts', translations: [{ locale: 'sv', name: 'Rost' }] }, '... on Category { slug name }')).toMatchObject({ slug: 'kaffe', name: 'Roasts' });
    expect(await read('slug: "coffee"', { ...nobody, locale: 'sv' })).toMatchObject({ slug: 'kaffe', name: 'Rost' });
  });

  it('are made by operators, under one that exists, no deeper than the limit', async () => {
    const code = async (input: object, as = {}) => (await rig.refusal(mutation('createCategory'), { input }, as)).code;
    expect([await code({ name: 'A' }, nobody), await code({ name: 'A' }, merchantOf(newId('ven'))), await code({ name: 'A', parentId: newId('cat') })]).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']);
    let parentId: string | undefined;
    for (let level = 0; level < categoryDepthMax; level += 1) parentId = (await create({ name: `Level ${level}`, parentId })).id;
    expect(await code({ name: 'Too deep', parentId })).toBe('BAD_USER_INPUT');
  });

  it('are listed in pages', async () => {
    const list = async (after?: string) => (await rig.run<{ categories: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }>('query($after: String) { categories(first: 3 after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }', { after }, nobody)).categories;
    const first = await list();
    const second = await list(first.pageInfo.endCursor);
    expect(new Set([...first.nodes, ...second.nodes].map(({ id }) => id)).size).toBe(6);
  });
});

describe('A marketplace', () => {
  it('has no more categories and product types than it may', async () => {
    const as = { tenant: testTenant() };
    const make = { createCategory: (n: number) => ({ name: `Place ${n}` }), defineProductType: (n: number) => ({ key: `type-${n}`, name: 'Type', attributes: [] }) };
    for (const [name, max] of [['createCategory', categoriesMax], ['defineProductType', productTypesMax]] as const) {
      for (let from = 0; from < max; from += 50) await Promise.all(Array.from({ length: 50 }, (_, n) => rig.mutate(name, make[name](from + n), '', as)));
      expect(await rig.mutate(name, make[name](max), '... on TooMany { limit }', as)).toEqual({ __typename: 'TooMany', limit: max });
    }
    expect(await rig.mutate('defineProductType', make.defineProductType(3), '', as)).toMatchObject({ __typename: 'ProductType' });
  }, 60_000);
});

describe('Collections', () => {
  it('name products or have a rule, not both, and are said [CAT-04]', async () => {
    const product = await rig.product();
    const chosen = await rig.mutate('createCollection', { name: 'Our Table', productIds: [product.id], translations: [{ locale: 'sv', name: 'Vårt bord' }] }, '... on Collection { id slug }');
    expect(chosen).toMatchObject({ __typename: 'Collection', slug: 'our-table' });
    const ruled = await rig.mutate('createCollection', { name: 'Gifts', rule: { tags: ['Gift'], categoryIds: [rig.categoryId] } }, '... on Collection { id }');
    const events = await rig.subgraph.events(rig.tenant.id);
    expect(events.find(({ aggregate }) => aggregate.id === ruled.id)?.payload).toMatchObject({ productIds: [], rule: { tags: ['gift'], categoryIds: [rig.categoryId], typeKeys: [] } });
    expect(await rig.run('{ collection(slug: "our-table") { id name } }', {}, { ...nobody, locale: 'sv' })).toEqual({ collection: { id: chosen.id, name: 'Vårt bord' } });
    expect(await rig.mutate('createCollection', { name: 'Our Table' })).toMatchObject({ __typename: 'SlugTaken' });
    expect((await rig.refusal(mutation('createCollection'), { input: { name: 'Both', productIds: [product.id], rule: { tags: ['a'] } } })).code).toBe('BAD_USER_INPUT');
    expect(await rig.refusal(mutation('createCollection'), { input: { name: 'Gone', productIds: [newId('prod')] } })).toEqual({ code: 'BAD_USER_INPUT', paths: ['input.productIds.0'] });
  });

  it('change their words and what is in them, and keep leading from a former address [CAT-04]', async () => {
    const product = await rig.product();
    const { id } = await rig.mutate('createCollection', { name: 'Spring', rule: { tags: ['spring'] } }, '... on Collection { id }');
    const changed = await rig.mutate('changeCollection', { collectionId: id, name: 'Early spring', slug: 'early', productIds: [product.id], translations: [{ locale: 'sv', name: 'Vårvinter' }] }, '... on Collection { slug name }');
    expect(changed).toMatchObject({ __typename: 'Collection', slug: 'early', name: 'Early spring' });
    const said = (await rig.subgraph.events(rig.tenant.id)).filter(({ aggregate }) => aggregate.id === id);
    expect(said.at(-1)).toMatchObject({ aggregate: { version: 2 }, payload: { productIds: [product.id], names: { sv: 'Vårvinter' } } });
    expect(said.at(-1)?.payload['rule']).toBeUndefined();
    expect(await rig.run('{ collection(slug: "spring") { id slug } }', {}, nobody)).toEqual({ collection: { id, slug: 'early' } });
    await rig.mutate('createCollection', { name: 'Taken', slug: 'taken-table' });
    expect(await rig.mutate('changeCollection', { collectionId: id, slug: 'taken-table' })).toMatchObject({ __typename: 'SlugTaken' });
    expect((await rig.refusal(mutation('changeCollection'), { input: { collectionId: id, name: 'X' } }, merchantOf(newId('ven')))).code).toBe('FORBIDDEN');
    expect((await rig.refusal(mutation('changeCollection'), { input: { collectionId: newId('col'), name: 'X' } })).code).toBe('NOT_FOUND');
  });
});

describe('Product types', () => {
  it('are replaced whole, but what an attribute is stays [CAT-03]', async () => {
    const attribute = { key: 'length', name: 'Length', kind: 'NUMBER', unit: 'cm' };
    const define = (attributes: object[], fields = '') => rig.mutate('defineProductType', { key: 'rope', name: 'Rope', attributes }, fields);
    expect(await define([attribute], '... on ProductType { key attributes { key kind unit } }')).toMatchObject({ key: 'rope', attributes: [{ key: 'length', kind: 'NUMBER', unit: 'cm' }] });
    expect(await define([{ ...attribute, unit: 'm' }], '... on AttributeKindFixed { attribute kind }')).toMatchObject({ __typename: 'AttributeKindFixed', attribute: 'length', kind: 'NUMBER' });
    expect(await define([{ ...attribute, name: 'Long' }, { key: 'dyed', name: 'Dyed', kind: 'BOOLEAN' }], '... on ProductType { attributes { name } }')).toMatchObject({ attributes: [{ name: 'Long' }, { name: 'Dyed' }] });
    expect((await rig.refusal(mutation('defineProductType'), { input: { key: 'x', name: 'X', attributes: [{ key: 'c', name: 'C', kind: 'CHOICE' }] } })).paths).toEqual(['input.attributes.0.choices']);
    expect(await rig.run('{ productTypes { nodes { key } } }', {}, merchantOf(newId('ven')))).toEqual({ productTypes: { nodes: [{ key: 'crockery' }, { key: 'rope' }] } });
  });
});
