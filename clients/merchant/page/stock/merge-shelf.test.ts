import { describe, expect, it } from 'vitest';
import { isMissing, mergeShelf } from './merge-shelf.js';
import { shelfTitle } from './stock-level.js';

const shelf = (offer: string, available: number, isLow = available < 3) => ({ offer: { id: offer }, warehouse: { id: 'wh_1' }, available, isLow });

describe('news of a shelf', () => {
  const shelves = [shelf('a', 1), shelf('b', 2)];

  it('change it where it stands', () => {
    expect(mergeShelf(shelves, shelf('b', 9), false).map(({ available }) => available)).toEqual([1, 9]);
  });

  it('take it from the low ones when it is low no more', () => {
    expect(mergeShelf(shelves, shelf('b', 9), true).map(({ offer }) => offer.id)).toEqual(['a']);
  });

  it('say when a list should have it and does not', () => {
    expect([isMissing(shelves, shelf('c', 1), true), isMissing(shelves, shelf('c', 9), true), isMissing(shelves, shelf('c', 9), false), isMissing(shelves, shelf('a', 1), true)]).toEqual([true, false, true, false]);
    expect(mergeShelf(shelves, shelf('c', 1), false)).toBe(shelves);
  });
});

it('names what lies there by product and variant, each once, and by nothing where the catalogue does not answer', () => {
  const titled = (product: string, variant: string) => shelfTitle({ offer: { id: 'ofr_1', vendorSku: 'V-1', variant: { id: 'var_1', sku: 'S', title: variant, product: { id: 'prod_1', title: product } } } });
  expect([titled('Mug', 'Red'), titled('Mug', 'Mug'), shelfTitle({ offer: null })]).toEqual(['Mug, Red', 'Mug', '?']);
});
