import { AttributeKind, type AttributeRow } from '../product-type/product-type.row.js';
import type { AttributeValueRow } from '../product/product.row.js';

/** The product types of the demonstration. */
export const goodsTypes = ['apparel', 'home', 'kitchen', 'tech', 'food', 'care', 'paper', 'play'] as const;
/** One of them. */
export type GoodsType = (typeof goodsTypes)[number];

/** English, Bengali, Swedish. */
type Names = readonly [string, string, string];

const typeNames: Readonly<Record<GoodsType, Names>> = {
  apparel: ['Clothing and bags', 'পোশাক ও ব্যাগ', 'Kläder och väskor'], home: ['For the home', 'ঘরের জন্য', 'För hemmet'], kitchen: ['For the kitchen', 'রান্নাঘরের জন্য', 'För köket'],
  tech: ['Electrical', 'বৈদ্যুতিক', 'Elektriskt'], food: ['Food', 'খাবার', 'Mat'], care: ['Care', 'যত্ন', 'Vård'], paper: ['Paper and desk', 'কাগজ ও টেবিল', 'Papper och skrivbord'], play: ['Sport and play', 'খেলা', 'Sport och lek'],
};

/** What one piece weighs with its wrapping, in grams. */
export const gramsOf: Readonly<Record<GoodsType, number>> = { apparel: 450, home: 1_200, kitchen: 1_500, tech: 900, food: 300, care: 250, paper: 400, play: 1_100 };

/** Which rates apply to the goods of a type. */
export function taxClassOf(type: GoodsType): string {
  return type === 'food' ? 'reduced' : 'standard';
}

interface SeedAttribute {
  readonly key: string;
  readonly names: Names;
  readonly kind: AttributeKind;
  readonly unit?: string;
  readonly choices?: Readonly<Record<string, Names>>;
  /** The value of the good with this number. */
  readonly value: (n: number) => Omit<AttributeValueRow, 'key' | 'kind'>;
}

const { BOOLEAN, CHOICE, COLOUR, DATE, MULTI_CHOICE, NUMBER, TEXT } = AttributeKind;
const number = (key: string, names: Names, unit: string, values: readonly number[]): SeedAttribute => ({ key, names, kind: NUMBER, unit, value: (n) => ({ number: values[n % values.length] }) });
const yesNo = (key: string, names: Names, every: number): SeedAttribute => ({ key, names, kind: BOOLEAN, value: (n) => ({ isTrue: n % every === 0 }) });
const some = (key: string, names: Names, choices: Readonly<Record<string, Names>>): SeedAttribute => ({ key, names, kind: MULTI_CHOICE, choices, value: (n) => ({ choices: Object.keys(choices).filter((_, at) => (n + at) % 2 === 0) }) });
const one = (key: string, names: Names, choices: Readonly<Record<string, Names>>): SeedAttribute => ({ key, names, kind: CHOICE, choices, value: (n) => ({ choices: [Object.keys(choices)[n % Object.keys(choices).length] ?? ''] }) });

const shade: SeedAttribute = { key: 'shade', names: ['Main colour', 'মূল রং', 'Huvudfärg'], kind: COLOUR, value: (n) => ({ colour: ['#b03a2e', '#2e4a7d', '#3c7a4e', '#d8c7a3', '#2b2b2b', '#c98f2b'][n % 6] }) };
const organic = yesNo('organic', ['Organic', 'জৈব', 'Ekologisk'], 3);
const seasons = some('season', ['Season', 'মৌসুম', 'Säsong'], { summer: ['Summer', 'গ্রীষ্ম', 'Sommar'], winter: ['Winter', 'শীত', 'Vinter'], spring: ['Spring', 'বসন্ত', 'Vår'] });

const attributes: Readonly<Record<GoodsType, readonly SeedAttribute[]>> = {
  apparel: [organic, seasons, shade, number('wash', ['Wash at most at', 'সর্বোচ্চ ধোয়ার তাপ', 'Tvättas högst i'], '°C', [30, 40, 60])],
  home: [yesNo('handmade', ['Made by hand', 'হাতে তৈরি', 'Handgjord'], 2), shade, number('width', ['Width', 'প্রস্থ', 'Bredd'], 'cm', [20, 35, 50, 80])],
  kitchen: [some('safe-in', ['Safe in', 'যেখানে নিরাপদ', 'Tål'], { oven: ['Oven', 'ওভেন', 'Ugn'], freezer: ['Freezer', 'ফ্রিজার', 'Frys'], dishwasher: ['Dishwasher', 'ডিশওয়াশার', 'Diskmaskin'] }), number('volume', ['Volume', 'আয়তন', 'Volym'], 'ml', [250, 400, 900, 2_500])],
  tech: [number('power', ['Power', 'শক্তি', 'Effekt'], 'W', [5, 20, 65, 750]), one('plug', ['Plug', 'প্লাগ', 'Kontakt'], { 'usb-c': ['USB-C', 'ইউএসবি-সি', 'USB-C'], mains: ['Mains', 'দেয়ালের সকেট', 'Vägguttag'] }), number('warranty', ['Warranty', 'ওয়ারেন্টি', 'Garanti'], 'months', [12, 24])],
  food: [organic, seasons, some('diet', ['Good for', 'যাদের জন্য', 'Passar'], { vegan: ['Vegans', 'নিরামিষভোজী', 'Veganer'], coeliac: ['Coeliacs', 'গ্লুটেন এড়ালে', 'Glutenintoleranta'] }), { key: 'harvest', names: ['Harvested', 'ফসল তোলা', 'Skördad'], kind: DATE, value: (n) => ({ date: `2025-${String(1 + (n % 12)).padStart(2, '0')}-15` }) }],
  care: [yesNo('vegan', ['Vegan', 'নিরামিষ', 'Vegansk'], 2), number('volume', ['Volume', 'আয়তন', 'Volym'], 'ml', [50, 100, 250]), one('skin', ['Skin', 'ত্বক', 'Hudtyp'], { dry: ['Dry', 'শুষ্ক', 'Torr'], normal: ['Normal', 'স্বাভাবিক', 'Normal'], oily: ['Oily', 'তৈলাক্ত', 'Fet'] })],
  paper: [yesNo('recycled', ['Recycled', 'পুনর্ব্যবহৃত', 'Återvunnen'], 2), shade, { key: 'format', names: ['Format', 'আকার', 'Format'], kind: TEXT, value: (n) => ({ text: ['A4', 'A5', 'A6', '210 × 210 mm'][n % 4] }) }],
  play: [number('from-age', ['From the age of', 'যে বয়স থেকে', 'Från åldern'], 'years', [1, 3, 6, 12]), yesNo('outdoor', ['For outdoors', 'বাইরের জন্য', 'För utomhus'], 2)],
};

/** The attributes of a type, as its product type keeps them, in English and another language. */
export function attributeRowsOf(type: GoodsType, locale: string): AttributeRow[] {
  return attributes[type].map(({ key, names, kind, unit, choices = {} }) => ({
    key, kind, isRequired: false, names: namesIn(names, locale), ...(unit && { unit }), choices: Object.entries(choices).map(([choice, said]) => ({ key: choice, names: namesIn(said, locale) })),
  }));
}

/** A type's name, in English and another language. */
export function typeNamesOf(type: GoodsType, locale: string): Record<string, string> {
  return namesIn(typeNames[type], locale);
}

/** The values of the good with this number. */
export function valuesOf(type: GoodsType, n: number): AttributeValueRow[] {
  return attributes[type].map(({ key, kind, value }) => ({ key, kind, ...value(n) })).filter(({ choices }) => choices === undefined || choices.length > 0);
}

function namesIn([english, bengali, swedish]: Names, locale: string): Record<string, string> {
  return { en: english, [locale]: locale === 'bn' ? bengali : swedish };
}
