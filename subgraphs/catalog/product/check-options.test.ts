import { describe, expect, it } from 'vitest';
import { checkOptions, type OptionsAndVariants } from './check-options.js';

const option = (name: string, ...values: string[]) => ({ name, values, translations: [] });
const variant = (sku: string, ...values: string[]) => ({ sku, values });
const colourAndSize: OptionsAndVariants['options'] = [option('Colour', 'Red', 'Blue'), option('Size', 'S', 'M')];

describe('Options and variants', () => {
  it('fit where each variant has its own combination', () => {
    expect(checkOptions({ options: colourAndSize, variants: [variant('A', 'Red', 'S'), variant('B', 'Red', 'M'), variant('C', 'Blue', 'S')] })).toEqual([]);
    expect(checkOptions({ options: [], variants: [variant('A')] })).toEqual([]);
  });

  it.each([
    ['a value is missing', [variant('A', 'Red')], 'variants.0.values'],
    ['a value is unknown', [variant('A', 'Red', 'L')], 'variants.0.values.1'],
    ['a combination comes twice', [variant('A', 'Red', 'S'), variant('B', 'Red', 'S')], 'variants.1.values'],
    ['a SKU comes twice', [variant('a-1', 'Red', 'S'), variant('A-1', 'Red', 'M')], 'variants.1.sku'],
  ])('are refused where %s', (_, variants, path) => {
    expect(checkOptions({ options: colourAndSize, variants }).map((p) => p.path.slice(1).join('.'))).toEqual([path]);
  });

  it('are refused where there are two variants and nothing to tell them apart', () => {
    expect(checkOptions({ options: [], variants: [variant('A'), variant('B')] })).toHaveLength(1);
  });

  it('are refused where names or values come twice, or a translation leaves one out', () => {
    const options = [option('Size', 'S', 's'), option('size', 'M'), { ...option('Cut', 'Slim', 'Wide'), translations: [{ locale: 'sv', values: ['Smal'] }] }];
    expect(checkOptions({ options, variants: [] }).map((p) => p.path.slice(1).join('.'))).toEqual(['options.1.name', 'options.0.values.1', 'options.2.translations.0.values']);
  });
});
