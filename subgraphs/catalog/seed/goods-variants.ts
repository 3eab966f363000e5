import type { OptionRow } from '../product/product.row.js';
import type { SeedGood } from './read-goods.js';

/** English, Bengali, Swedish. */
type Names = readonly [string, string, string];

const colours: readonly Names[] = [['Red', 'লাল', 'Röd'], ['Indigo', 'নীল', 'Indigo'], ['Green', 'সবুজ', 'Grön'], ['Natural', 'প্রাকৃতিক', 'Natur'], ['Black', 'কালো', 'Svart'], ['Ochre', 'গেরুয়া', 'Ockra']];
const sizes: readonly Names[] = [['S', 'এস', 'S'], ['M', 'এম', 'M'], ['L', 'এল', 'L']];
const babySizes: readonly Names[] = [['3 months', '৩ মাস', '3 månader'], ['6 months', '৬ মাস', '6 månader'], ['12 months', '১২ মাস', '12 månader']];
const weights: readonly Names[] = [['250 g', '২৫০ গ্রাম', '250 g'], ['500 g', '৫০০ গ্রাম', '500 g'], ['1 kg', '১ কেজি', '1 kg']];
const colourName: Names = ['Colour', 'রং', 'Färg'];
const sizeName: Names = ['Size', 'মাপ', 'Storlek'];
const weightName: Names = ['Weight', 'ওজন', 'Vikt'];

/** The options of a good, and every combination of their values. */
export function formsOf({ options, number }: Pick<SeedGood, 'options' | 'number'>, locale: string): { readonly options: OptionRow[]; readonly combinations: string[][] } {
  const some = (count: number): readonly Names[] => Array.from({ length: count }, (_, at) => colours[(number + at * 2) % colours.length] ?? colourName);
  const axes: Readonly<Record<SeedGood['options'], readonly (readonly [Names, readonly Names[]])[]>> = {
    none: [], colour: [[colourName, some(3)]], size: [[sizeName, babySizes]], weight: [[weightName, weights]], sizecolour: [[colourName, some(2)], [sizeName, sizes]],
  };
  const rows = axes[options].map(([name, values]) => optionOf(name, values, locale));
  const combinations = rows.reduce<string[][]>((all, { values }) => all.flatMap((before) => values.map((value) => [...before, value])), [[]]);
  return { options: rows, combinations };
}

function optionOf(name: Names, values: readonly Names[], locale: string): OptionRow {
  const other = locale === 'bn' ? 1 : 2;
  return { name: name[0], values: values.map(([english]) => english), texts: { [locale]: { name: name[other], values: values.map((value) => value[other]) } } };
}
