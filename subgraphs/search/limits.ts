/** Characters of a query. */
export const queryCharactersMax = 200;
/** Words of a query that are looked for; those behind are left out. */
export const queryWordsMax = 12;
/** Ways in which one query is read: as it stands, with synonyms, with words put together. */
export const readingsMax = 12;
/** Values of one filter's list. */
export const filterValuesMax = 50;
/** Attributes and options in one filter, each. */
export const filterFacetsMax = 10;
/** Facets of an answer, and values of a facet, the most frequent ones. */
export const facetsMax = 30;
export const facetValuesMax = 50;
/** Suggestions at most, and when nothing is said. */
export const suggestionsMax = 20;
export const suggestionsDefault = 8;
/** Boosts and groups of synonyms that a marketplace has. */
export const boostsMax = 500;
export const synonymGroupsMax = 1_000;
/** Words of a group of synonyms, and words of which one of them may consist. */
export const synonymsMax = 20;
export const synonymPhraseWordsMax = 4;
/** How much a boost multiplies, at least and at most. */
export const boostFactorMin = 0.01;
export const boostFactorMax = 100;
/** Places at the front that pins may take. */
export const pinPositionMax = 100;
/** Terms that one product is found by; what is said first stays. */
export const productTermsMax = 3_000;
/** Products that one transaction indexes in bulk. */
export const indexBatch = 100;
