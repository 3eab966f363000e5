import { expect, it } from 'vitest';
import { hrefOf, routeOf, type Route } from './route.js';

it.each<[string, Route]>([
  ['#/orders', { part: 'orders' }],
  ['#/orders/vord_1', { part: 'orders', id: 'vord_1' }],
  ['#/stock', { part: 'stock' }],
  ['#/import/imp_1', { part: 'import', id: 'imp_1' }],
])('the address %s is read as it was written', (hash, route) => {
  expect(routeOf(hash)).toEqual(route);
  expect(hrefOf(route)).toBe(hash);
});

it('shows the orders where an address means nothing', () => {
  expect(['', '#', '#/nowhere', '#/nowhere/1'].map(routeOf)).toEqual(Array(4).fill({ part: 'orders' }));
  expect(routeOf('#/orders/%E0%A4%A')).toEqual({ part: 'orders', id: '%E0%A4%A' });
});
