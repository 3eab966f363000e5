import { idText, lineOf, listOf, textOf } from '@haat/kit/limits';
import { z } from 'zod';
import {
  attributesMax, descriptionCharactersMax, imagesMax, optionsMax, optionValuesMax, productCategoriesMax, seoDescriptionCharactersMax, seoTitleCharactersMax,
  titleCharactersMax, translationsMax, variantsMax,
} from '../limits.js';
import { programKey } from '../product-type/define-product-type.js';
import { slugText } from '../slug.js';
import { tagList } from './tags.js';

const optionLine = lineOf(60);
const seo = z.object({ title: lineOf(seoTitleCharactersMax).nullish(), description: lineOf(seoDescriptionCharactersMax).nullish() });
const words = { title: lineOf(titleCharactersMax), description: textOf(descriptionCharactersMax).nullish(), slug: slugText.nullish(), seo: seo.nullish() };
const optionValues = listOf(optionLine, optionValuesMax).refine((values) => values.length > 0, 'expected at least one value');
const pixels = z.int().min(1).max(20_000);

/** The words of a product in one language, in an input. */
export const productWords = z.object(words);
/** The words of a product in one language, as they were parsed. */
export type ProductWords = z.infer<typeof productWords>;

/** A translation in an input. */
export const productTranslation = z.object({ locale: z.string(), ...words });

/** A https address of a picture. One that names a user is none: such addresses are made to mislead. */
const imageUrl = z.string().max(2_000).refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' && url.username === '' && url.password === '';
}, 'expected an https address');

const option = z.object({
  name: optionLine, values: optionValues,
  translations: listOf(z.object({ locale: z.string(), name: optionLine, values: listOf(optionLine, optionValuesMax) }), translationsMax).nullish().transform((list) => list ?? []),
});
const attributeValue = z.object({
  key: programKey, text: z.string().nullish(), number: z.number().nullish(), isTrue: z.boolean().nullish(),
  choices: listOf(z.string().max(60)).nullish(), date: z.string().max(10).nullish(), colour: z.string().max(7).nullish(),
});
const variant = z.object({
  id: idText.nullish(), sku: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/, 'expected letters, digits and . _ / - up to 64'),
  values: listOf(optionLine, optionsMax).nullish().transform((values) => values ?? []),
});
const image = z.object({ id: idText.nullish(), url: imageUrl, alt: lineOf(300).nullish(), width: pixels, height: pixels });

/** The parts of a product in an input, besides its words. */
export const productParts = {
  attributes: listOf(attributeValue, attributesMax),
  options: listOf(option, optionsMax),
  variants: listOf(variant, variantsMax).refine((variants) => variants.length > 0, 'expected at least one variant'),
  categoryIds: listOf(idText, productCategoriesMax).transform((ids) => [...new Set(ids)]),
  tags: tagList,
  images: listOf(image, imagesMax),
  translations: listOf(productTranslation, translationsMax),
} as const;
/** Those parts as they were parsed. */
export type ProductParts = { readonly [K in keyof typeof productParts]: z.output<(typeof productParts)[K]> };
