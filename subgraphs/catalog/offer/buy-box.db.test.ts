import { stockBack, stockRanOut } from '@haat/schema/events/inventory';
import { priceChanged } from '@haat/schema/events/pricing';
import { vendorChanged, vendorRestored, vendorSuspended } from '@haat/schema/events/vendors';
import { newId } from '@haat/kit/id';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantOf, nobody, startCatalog, type CatalogRig } from '../testing/catalog-rig.js';

let rig: CatalogRig;
beforeAll(async () => { rig = await startCatalog(); });
afterAll(() => rig?.[Symbol.asyncDispose]());

interface Made { readonly id: string; readonly vendorId: string; readonly variantId: string; readonly productId: string }

/** A product that several vendors offer. */
async function offered(count: number): Promise<readonly Made[]> {
  const product = await rig.product();
  const variantId = product.variants[0]?.id ?? '';
  return Promise.all(Array.from({ length: count }, async (_, n) => {
    const vendorId = newId('ven');
    const { id } = await rig.mutate('createOffer', { vendorId, variantId, vendorSku: `V-${n}` }, '... on Offer { id }');
    return { id, vendorId, variantId, productId: product.id };
  }));
}

const price = ({ id: offerId, ...of }: Made, version: number, currentMinor?: number, currency = 'EUR') =>
  rig.hear(priceChanged, { id: offerId, version }, { offerId, ...of, currency, ...(currentMinor !== undefined && { price: { currentMinor, taxIncluded: true } }) });
const stock = ({ id: offerId, vendorId }: Made, version: number, available: number, backorder = false) =>
  rig.hear(available > 0 ? stockBack : stockRanOut, { id: offerId, version }, { offerId, vendorId, available, backorder });
const vendor = (contract: typeof vendorChanged, vendorId: string, version: number, more: object = {}) =>
  rig.hear(contract, { id: vendorId, version }, { vendorId, slug: 's', name: 'S', status: 'APPROVED', openNow: true, currency: 'EUR', score: 500, ...more });

interface Seen { bestOffer: { id: string } | null; offers: { totalCount: number; nodes: { id: string }[] }; buyBox: { rank: number; isEligible: boolean; reasons: string[]; offer: { id: string } }[] | null }
const seen = async ({ productId }: Made, as: object = nobody) => {
  const { product } = await rig.run<{ product: { variants: Seen[] } }>(`{ product(id: "${productId}") { variants { bestOffer { id } offers { totalCount nodes { id } } buyBox { rank isEligible reasons offer { id } } } } }`, {}, as);
  return product.variants[0] as Seen;
};

describe('Several vendors of one product', () => {
  it('meet in the buy box: the cheapest that can be bought is the best offer, and each vendor is told why [VEN-11]', async () => {
    const [dear, cheap, gone] = await offered(3) as [Made, Made, Made];
    for (const [made, minor] of [[dear, 900], [cheap, 800], [gone, 100]] as const) await price(made, 1, minor);
    for (const [made, pieces] of [[dear, 5], [cheap, 5], [gone, 0]] as const) await stock(made, 1, pieces);
    expect(await seen(dear)).toMatchObject({ bestOffer: { id: cheap.id }, offers: { totalCount: 3 }, buyBox: null });
    const told = [{ rank: 1, isEligible: true, reasons: ['LOWEST_PRICE'], offer: { id: cheap.id } }, { rank: 2, isEligible: true, reasons: ['HIGHER_PRICE'], offer: { id: dear.id } }, { rank: 3, isEligible: false, reasons: ['OUT_OF_STOCK'], offer: { id: gone.id } }];
    expect([(await seen(dear, merchantOf(dear.vendorId))).buyBox, (await seen(dear, {})).buyBox, (await seen(dear, merchantOf(newId('ven')))).buyBox]).toEqual([told, told, null]);
    await stock(gone, 2, 1);
    expect((await seen(dear)).bestOffer).toEqual({ id: gone.id });
  });

  it('are ranked by price and stock as they were said last, however late something else comes [CAT-09]', async () => {
    const [a, b] = await offered(2) as [Made, Made];
    await price(a, 5, 700);
    await price(a, 4, 900);
    await price(b, 1, 800);
    await stock(a, 7, 3);
    await stock(a, 6, 0);
    await stock(b, 1, 3);
    expect((await seen(a)).bestOffer).toEqual({ id: a.id });
    await price(a, 6);
    expect((await seen(a)).bestOffer).toEqual({ id: b.id });
  });

  it('show the nearest where nobody can sell, and count a price in another currency as none', async () => {
    const [a, b] = await offered(2) as [Made, Made];
    await price(a, 1, 5, 'SEK');
    await price(b, 1, 900);
    const box = await seen(a, {});
    expect([(await seen(a)).bestOffer, box.buyBox?.map(({ reasons }) => reasons)]).toEqual([{ id: b.id }, [['OUT_OF_STOCK'], ['NO_PRICE', 'OUT_OF_STOCK']]]);
  });

  it('lose a suspended vendor’s offers at once, and have them back; nobody’s own state changes [VEN-11]', async () => {
    const [a, b] = await offered(2) as [Made, Made];
    for (const made of [a, b]) await Promise.all([price(made, 1, made === a ? 1 : 2), vendor(vendorChanged, made.vendorId, 1)]);
    for (const made of [a, b]) await stock(made, 1, 9);
    await vendor(vendorSuspended as never, a.vendorId, 3, { status: 'SUSPENDED', openNow: false, reason: 'Late.' });
    await vendor(vendorChanged, a.vendorId, 2);
    expect(await seen(a)).toMatchObject({ bestOffer: { id: b.id }, offers: { totalCount: 1, nodes: [{ id: b.id }] } });
    expect((await seen(a, merchantOf(a.vendorId))).buyBox?.at(-1)).toMatchObject({ offer: { id: a.id }, reasons: ['VENDOR_CLOSED'] });
    expect((await rig.run<{ offer: { status: string } }>(`{ offer(id: "${a.id}") { status } }`, {}, nobody)).offer.status).toBe('ACTIVE');
    await vendor(vendorChanged, b.vendorId, 2, { openNow: false });
    expect(await seen(a)).toMatchObject({ bestOffer: null, offers: { totalCount: 0 } });
    await vendor(vendorRestored, a.vendorId, 4);
    expect(await seen(a)).toMatchObject({ bestOffer: { id: a.id }, offers: { totalCount: 1 } });
  });
});
