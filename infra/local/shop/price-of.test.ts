import { describe, expect, it } from 'vitest';
import { piecesOf, priceOf } from './price-of.js';

const saree = { market: 'acme', category: 'sarees', product: 'handloom-jamdani-saree', variant: 0, vendor: 'padma-crafts' };

describe('prices of the demonstration', () => {
  it('are the same every time, and end as prices do in their market', () => {
    expect(priceOf(saree)).toBe(priceOf({ ...saree }));
    expect(priceOf(saree) % 1_000).toBe(0);
    expect(priceOf({ ...saree, market: 'nordic', category: 'knitwear' }) % 100).toBe(95);
  });

  it('stay near the band of their category and differ between vendors', () => {
    const prices = ['a', 'b', 'c', 'd'].map((vendor) => priceOf({ ...saree, vendor }));
    for (const price of prices) expect(price).toBeGreaterThanOrEqual(200_000);
    for (const price of prices) expect(price).toBeLessThanOrEqual(1_050_000);
    expect(new Set(prices).size).toBeGreaterThan(1);
  });
});

describe('stock of the demonstration', () => {
  it('is somewhere plenty, somewhere little and somewhere nothing', () => {
    const pieces = Array.from({ length: 400 }, (_, at) => piecesOf(`ofr_${at}`, 'wh_1'));
    expect(pieces.filter((n) => n === 0).length).toBeGreaterThan(5);
    expect(pieces.filter((n) => n > 0 && n < 7).length).toBeGreaterThan(5);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(102);
  });
});
