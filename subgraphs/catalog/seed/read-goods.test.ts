import { describe, expect, it } from 'vitest';
import { formsOf } from './goods-variants.js';
import { attributeRowsOf, goodsTypes, valuesOf } from './goods-types.js';
import { drawPicture, picturePath, seedPicture } from './draw-picture.js';
import { readGoods, seedMarkets } from './read-goods.js';
import { offersFor, productFor } from './seed-rows.js';
import { checkAttributes } from '../product/check-attributes.js';
import { slugText } from '../slug.js';

const withoutNumbers = (title: string) => title.toLowerCase().replace(/[\d০-৯]+/g, '').replace(/\s+/g, ' ').trim();

describe.each(seedMarkets)('The goods of $slug', (market) => {
  const { places, goods } = readGoods(market);

  it('are 300 in 40 categories of two levels', () => {
    expect([goods.length, places.length, places.filter(({ parent }) => parent === undefined).length]).toEqual([300, 40, 8]);
    expect(new Set(places.map(({ slug }) => slug)).size).toBe(40);
    expect(goods.every(({ place }) => places.some(({ slug, parent }) => slug === place && parent !== undefined))).toBe(true);
  });

  it('are called by 300 titles in each language, none told apart by a number', () => {
    for (const language of [0, 1] as const) {
      expect(new Set(goods.map(({ title }) => withoutNumbers(title[language]))).size).toBe(300);
      expect(goods.filter(({ title }) => /\d/.test(title[language]))).toEqual([]);
      expect(new Set(goods.map(({ slug }) => slug[language])).size).toBe(300);
    }
    expect(goods.filter(({ slug, title, description }) => !slug.every((s) => slugText.safeParse(s).success) || title[0] === title[1] || description[0] === description[1]).map(({ title }) => title)).toEqual([]);
  });

  it('have variants that differ and attributes of their type', () => {
    const rows = goods.map((good) => productFor(market, good, 'https://images.example'));
    const skus = rows.flatMap(({ variants }) => variants.map(({ sku }) => sku));
    expect(new Set(skus).size).toBe(skus.length);
    expect(new Set(rows.flatMap(({ variants }) => variants.map(({ id }) => id))).size).toBe(skus.length);
    for (const [at, good] of goods.entries()) {
      const { options, combinations } = formsOf(good, market.locale);
      expect(combinations.every((values) => values.length === options.length)).toBe(true);
      expect(checkAttributes(attributeRowsOf(good.type, market.locale), rows[at]?.attributes ?? [])).toHaveProperty('values');
    }
  });

  it('are sold by six vendors, a third of the variants by two or three of them, each number once at its vendor', () => {
    const offered = goods.flatMap((good) => offersFor(market, good, productFor(market, good, 'https://images.example')));
    expect(new Set(offered.map(({ vendorId }) => vendorId)).size).toBe(6);
    expect(new Set(offered.map(({ vendorId, vendorSku }) => `${vendorId} ${vendorSku}`)).size).toBe(offered.length);
    const sellers = Object.values(Object.groupBy(offered, ({ variantId }) => variantId)).map((of) => of?.length ?? 0);
    const shared = sellers.filter((count) => count > 1).length / sellers.length;
    expect([Math.round(shared * 10) / 10, Math.max(...sellers), offered.length <= 1_050]).toEqual([0.3, 3, true]);
  });

  it('have a picture each, the same every time and unlike the others', () => {
    const drawn = goods.map((good) => seedPicture(`/${picturePath(market.slug, good)}`) ?? '');
    expect(drawn.every((svg) => svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"') && svg.endsWith('</svg>'))).toBe(true);
    expect(new Set(drawn).size).toBe(300);
    expect(goods.map(drawPicture)).toEqual(drawn);
  });
});

describe('The demonstration', () => {
  it('has values of every attribute that it defines, whatever the good', () => {
    for (const type of goodsTypes) for (let n = 0; n < 24; n += 1) expect(checkAttributes(attributeRowsOf(type, 'sv'), valuesOf(type, n))).toHaveProperty('values');
  });

  it('has no picture of what it does not sell', () => {
    expect(seedPicture('/acme/../../etc/passwd')).toBeUndefined();
  });
});
