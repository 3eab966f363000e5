import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantOf, nobody, startCatalog, type CatalogRig } from '../testing/catalog-rig.js';

let rig: CatalogRig;
const [vendorId, other] = [newId('ven'), newId('ven')];
beforeAll(async () => {
  rig = await startCatalog({ isWithoutJobs: true });
  await rig.product({ title: 'Large blue clay pot', variants: [{ sku: 'POT/1.L' }] });
  await rig.product({ title: 'Small blue glass jar', variants: [{ sku: 'JAR-1' }] });
  await rig.product({ title: 'Hidden clay bowl', vendorId }, true);
  await rig.product({ title: 'Strange clay bowl', vendorId: other }, true);
});
afterAll(() => rig?.[Symbol.asyncDispose]());

const titles = async (filter: string, as = {}) => (await rig.run<{ products: { nodes: { title: string }[] } }>(`{ products(first: 50, sort: OLDEST, filter: { ${filter} }) { nodes { title } } }`, {}, as)).products.nodes.map(({ title }) => title);

describe('Staff finds products', () => {
  it.each([
    ['blue', ['Large blue clay pot', 'Small blue glass jar']], ['clay blue', ['Large blue clay pot']], ['BLU  cl', ['Large blue clay pot']], ['blue clay glass', []],
    ['pot/1.l', ['Large blue clay pot']], ['JAR-1', ['Small blue glass jar']], ['x', []], ['$where', []], ['.*', []],
  ])('by every word of a text, or by a whole SKU: %s', async (text, found) => {
    expect(await titles(`text: ${JSON.stringify(text)}`)).toEqual(found);
  });

  it('newest first, where no order is asked for or a null one', async () => {
    const query = 'query ($sort: ProductSort) { products(first: 1, sort: $sort) { nodes { title } } }';
    for (const variables of [{}, { sort: null }]) expect(await rig.run(query, variables)).toEqual({ products: { nodes: [{ title: 'Strange clay bowl' }] } });
  });

  it('of their own vendor in every state, and of others what shoppers see', async () => {
    expect(await titles('text: "clay"', merchantOf(vendorId))).toEqual(['Hidden clay bowl']);
    expect(await titles('text: "clay", status: PUBLISHED', merchantOf(vendorId))).toEqual(['Large blue clay pot']);
    expect(await titles(`text: "clay", vendor: "${vendorId}"`, merchantOf(vendorId))).toEqual(['Hidden clay bowl']);
    expect(await titles('text: "clay"')).toEqual(['Large blue clay pot', 'Hidden clay bowl', 'Strange clay bowl']);
    const code = async (filter: string, as: object) => (await rig.refusal(`{ products(filter: { ${filter} }) { nodes { id } } }`, {}, as)).code;
    expect([await code(`vendor: "${other}"`, merchantOf(vendorId)), await code('text: "clay"', merchantOf(vendorId, ['orders.manage'])), await code('text: "clay"', nobody)]).toEqual(['FORBIDDEN', 'FORBIDDEN', 'UNAUTHENTICATED']);
  });
});
