import type { ProductState } from '@haat/schema/events/catalog';
import { facetEntry, spelledOut } from './facet-key.js';
import { orderOf, wordsOf } from './words.js';

/** A category as a document needs it. */
export interface Place {
  readonly id: string;
  readonly defaultLocale: string;
  readonly names: Readonly<Record<string, string>>;
  readonly ancestorIds: readonly string[];
}

/** A word of a document, where it stands told by its weight. */
export interface WeightedWord {
  readonly locale: string;
  readonly word: string;
  readonly weight: number;
}

/** What a facet or one of its values is called in a language; `*` in all. */
export interface Label {
  readonly facet: string;
  readonly value: string;
  readonly locale: string;
  readonly name: string;
}

/** A product's words as a list shows them. */
export interface DocumentText {
  readonly locale: string;
  readonly slug: string;
  readonly title: string;
  readonly titleOrder: string;
  readonly description: string | null;
  readonly image: object | null;
}

/** All that is found and shown of a product, but for what its offers say. */
export interface IndexDocument {
  readonly id: string;
  readonly defaultLocale: string;
  readonly facets: readonly string[];
  readonly numbers: Readonly<Record<string, number>>;
  readonly keeperId: string | null;
  readonly publishedAt: string;
  readonly texts: readonly DocumentText[];
  readonly words: readonly WeightedWord[];
  /** Terms found as they are: SKUs, categories, tags, the type. */
  readonly terms: readonly string[];
  readonly labels: readonly Label[];
}

/** What a word weighs by where it stands. A title's is worth more the fewer it has. */
const weights = { place: 3, tag: 3, option: 2, attribute: 2, description: 1 } as const;
const titleWeight = (words: number): number => 10 * (0.6 + 0.8 / Math.max(1, words));
/** A title found as a whole is what was meant. */
const wholeTitleWeight = 40;

/** The names that terms begin with: words as written, stems, ends of compounds, whole titles, SKUs, and places. */
export const termKinds = { exact: 'x', stem: 's', end: 'e', whole: 'q', sku: 'k', category: 'c', tag: 't', type: 'y' } as const;

/** The term of a thing that is no word. */
export function termOf(kind: 'sku' | 'category' | 'tag' | 'type', value: string): string {
  return `${termKinds[kind]}:${kind === 'sku' ? value.normalize('NFKC').toLowerCase() : value}`;
}

/** Makes a product's document of what catalog said of it and of the categories it lies in. Pure. */
export function documentOf(state: ProductState, places: ReadonlyMap<string, Place>): IndexDocument {
  const placeIds = [...new Set(state.categoryIds.flatMap((id) => [...(places.get(id)?.ancestorIds ?? []), id]))];
  const { facets, labels, numbers } = factsOf(state);
  return {
    id: state.productId, defaultLocale: state.defaultLocale, keeperId: state.vendorId ?? null, publishedAt: state.publishedAt ?? new Date(0).toISOString(),
    facets: [...placeIds.map((id) => facetEntry('category', id)), ...state.tags.map((tag) => facetEntry('tag', tag)), facetEntry('type', state.typeKey), ...facets],
    numbers, labels, texts: textsOf(state), words: weightedWords(state, placeIds.map((id) => places.get(id)).filter((place) => place !== undefined)),
    terms: [...state.variants.map(({ sku }) => termOf('sku', sku)), ...placeIds.map((id) => termOf('category', id)), ...state.tags.map((tag) => termOf('tag', tag)), termOf('type', state.typeKey)],
  };
}

/** What a document weighs as a whole title. */
export function wholeTitleOf(text: DocumentText): { readonly term: string; readonly weight: number } {
  return { term: `${termKinds.whole}:${text.locale}:${wordsOf(text.title).join(' ')}`, weight: wholeTitleWeight };
}

function textsOf({ texts, images }: ProductState): DocumentText[] {
  return Object.entries(texts).map(([locale, { title, slug, description }]) => ({
    locale, slug, title, titleOrder: orderOf(title, locale), description: description ?? null, image: images[0] ?? null,
  }));
}

interface Facts {
  readonly facets: string[];
  readonly labels: Label[];
  readonly numbers: Record<string, number>;
}

function factsOf({ attributes, options }: ProductState): Facts {
  const facts: Facts = { facets: [], labels: [], numbers: {} };
  for (const attribute of attributes) {
    const key = `attribute.${attribute.key}`;
    facts.labels.push({ facet: key, value: '', locale: '*', name: spelledOut(attribute.key) });
    if (attribute.number !== undefined) facts.numbers[attribute.key] = attribute.number;
    for (const value of valuesOf(attribute)) {
      facts.facets.push(facetEntry(key, value));
      if (attribute.choices) facts.labels.push({ facet: key, value, locale: '*', name: spelledOut(value) });
    }
  }
  for (const { name, values, texts } of options) {
    const key = `option.${name}`;
    facts.labels.push({ facet: key, value: '', locale: '*', name }, ...Object.entries(texts).map(([locale, said]) => ({ facet: key, value: '', locale, name: said.name })));
    values.forEach((value, at) => {
      facts.facets.push(facetEntry(key, value));
      for (const [locale, said] of Object.entries(texts)) facts.labels.push({ facet: key, value, locale, name: said.values[at] ?? value });
    });
  }
  return facts;
}

type AttributeState = ProductState['attributes'][number];

/** An attribute's values as its facet counts them. */
function valuesOf({ text, number, isTrue, choices, date, colour }: AttributeState): string[] {
  if (choices) return [...new Set(choices)];
  const value = text ?? number ?? isTrue ?? date ?? colour;
  return value === undefined ? [] : [String(value)];
}

function weightedWords({ texts, tags, options, attributes, defaultLocale }: ProductState, places: readonly Place[]): WeightedWord[] {
  return Object.entries(texts).flatMap(([locale, { title, description = '' }]) => {
    const titleWords = wordsOf(title);
    const of = (text: string, weight: number): WeightedWord[] => wordsOf(text).map((word) => ({ locale, word, weight }));
    const optionWords = options.flatMap((option) => option.texts[locale]?.values ?? (locale === defaultLocale ? option.values : []));
    return [
      ...titleWords.map((word) => ({ locale, word, weight: titleWeight(titleWords.length) })),
      ...places.flatMap((place) => of(place.names[locale] ?? '', weights.place)),
      ...tags.flatMap((tag) => of(tag, weights.tag)),
      ...optionWords.flatMap((value) => of(value, weights.option)),
      ...attributes.flatMap(({ text = '', choices = [] }) => (locale === defaultLocale ? [text, ...choices] : [])).flatMap((value) => of(value, weights.attribute)),
      ...of(description, weights.description),
    ];
  });
}
