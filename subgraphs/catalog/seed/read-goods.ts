import { slugOf } from '../slug.js';
import { acmeGoods } from './acme-goods.js';
import { nordicGoods } from './nordic-goods.js';
import type { GoodsType } from './goods-types.js';
import { acmeSellers, nordicSellers } from './goods-sellers.js';

/** A word in English and in the marketplace's other language. */
export type Word = readonly [english: string, other: string];

/** By what the goods of a place come in several forms. */
export type OptionSet = 'none' | 'colour' | 'size' | 'sizecolour' | 'weight';

/** A category of the demonstration. */
export interface SeedPlace {
  readonly slug: string;
  readonly name: Word;
  /** The slug of the one above it; absent at the top. */
  readonly parent?: string;
}

/** A product of the demonstration. */
export interface SeedGood {
  readonly place: string;
  readonly type: GoodsType;
  readonly options: OptionSet;
  readonly title: Word;
  readonly description: Word;
  readonly slug: Word;
  /** Counts the goods of a marketplace, from 0. */
  readonly number: number;
}

/** What a marketplace of the demonstration sells. */
export interface SeedGoods {
  readonly places: readonly SeedPlace[];
  readonly goods: readonly SeedGood[];
}

/** A marketplace of the demonstration. */
export interface SeedMarket {
  readonly slug: string;
  /** The language besides English. */
  readonly locale: string;
  /** Who sells what, by the slugs that vendors have: the first of a type most of it. */
  readonly sellers: Readonly<Record<GoodsType, readonly string[]>>;
  readonly text: string;
  /** Swedish says a quality behind its noun. */
  readonly isQualityBehind: boolean;
}

/** The marketplaces of the demonstration. */
export const seedMarkets: readonly SeedMarket[] = [
  { slug: 'acme', locale: 'bn', sellers: acmeSellers, text: acmeGoods, isQualityBehind: false },
  { slug: 'nordic', locale: 'sv', sellers: nordicSellers, text: nordicGoods, isQualityBehind: true },
];

/** Places that have all their combinations; the others leave the last one out, which makes 300 goods of 32 places. */
const wholePlaces = 12;

/** Reads a marketplace's goods out of their compact text: the same every time. */
export function readGoods(market: SeedMarket): SeedGoods {
  const places: SeedPlace[] = [];
  const goods: SeedGood[] = [];
  const lines = market.text.trim().split('\n');
  let parent: string | undefined;
  for (let at = 0, leaf = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('# ')) {
      const [slug = '', name = ''] = line.slice(2).split('; ');
      places.push({ slug, name: wordOf(name) });
      parent = slug;
      continue;
    }
    const [slug = '', name = '', type, options, says = ''] = line.split('; ');
    places.push({ slug, name: wordOf(name), parent });
    const [qualities, nouns] = [wordsOf(lines[at + 1] ?? ''), wordsOf(lines[at + 2] ?? '')];
    const titles = nouns.flatMap((noun) => qualities.map((quality) => titleOf(market, quality, noun)));
    for (const title of leaf < wholePlaces ? titles : titles.slice(0, -1)) {
      goods.push({ place: slug, type: type as GoodsType, options: options as OptionSet, title, description: wordOf(says), slug: [slugOf(title[0]), slugOf(title[1])], number: goods.length });
    }
    leaf += 1;
    at += 2;
  }
  return { places, goods };
}

function titleOf(market: SeedMarket, quality: Word, noun: Word): Word {
  return [`${quality[0]} ${noun[0]}`, market.isQualityBehind ? `${noun[1]} ${quality[1]}` : `${quality[1]} ${noun[1]}`];
}

function wordsOf(line: string): Word[] {
  return line.split(', ').map(wordOf);
}

function wordOf(text: string): Word {
  const [english = '', other = english] = text.split('=');
  return [english, other];
}
