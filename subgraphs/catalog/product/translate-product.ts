import { parsed } from '@haat/kit/input';
import { idText } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { Locale } from '@haat/kit/scalars';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { CatalogTx } from '../context.js';
import { checkLocales } from '../names.js';
import { saveProduct } from './change-product.js';
import { ProductTranslationInput } from './product-inputs.js';
import { NotTranslated } from './product-problems.js';
import { productTranslation } from './product-rules.js';
import { productToManage } from './product-to-manage.js';
import type { ProductRow } from './product.row.js';
import { Product } from './product.type.js';
import { searchTokensOf } from './search-tokens.js';
import { checkSize, claimProduct, translationsOf } from './write-product.js';

/** A product's words in one more language. */
@InputType({ description: "A product's words in one further language, in place of those it has in it." })
export class TranslateProductInput {
  @Field(() => ID, { description: 'The product to be translated; begins with prod_.' }) productId: string;
  @Field(() => ProductTranslationInput, { description: 'All words in that language from now on.' }) translation: ProductTranslationInput;
}

/** Which translation goes. */
@InputType({ description: 'Which translation of a product is taken away.' })
export class RemoveProductTranslationInput {
  @Field(() => ID, { description: 'The product whose translation goes; begins with prod_.' }) productId: string;
  @Field(() => Locale, { description: 'A language of the marketplace, not its default one.' }) locale: string;
}

/** The product, or why it stays as it was. */
export const TranslateProductResult = resultOf('TranslateProductResult', 'The product with the translation, or why it was left.', [Product, SlugTaken]);
/** The product, or that there was no translation. */
export const RemoveProductTranslationResult = resultOf('RemoveProductTranslationResult', 'The product without the translation, or that it had none.', [Product, NotTranslated]);

const rules = z.object({ productId: idText, translation: productTranslation });
const removalRules = z.object({ productId: idText, locale: z.string() });

/** Says a product in one more language. */
export async function translateProduct(tx: CatalogTx, input: TranslateProductInput): Promise<Product | SlugTaken> {
  const { productId, translation } = parsed(rules, input);
  const current = await productToManage(tx, productId);
  const next = found({ ...current, texts: { ...current.texts, ...translationsOf(tx, [translation]) } });
  checkSize(next);
  const taken = await claimProduct(tx, next);
  if (taken) return SlugTaken.of('slug' in taken ? taken.slug : taken.sku);
  return Product.of(await saveProduct(tx, current, next), tx.locale);
}

/** Takes a translation away; whoever reads in that language gets the default one's words. */
export async function removeProductTranslation(tx: CatalogTx, input: RemoveProductTranslationInput): Promise<Product | NotTranslated> {
  const { productId, locale } = parsed(removalRules, input);
  checkLocales(tx, [locale], ['input', 'locale']);
  const current = await productToManage(tx, productId);
  if (!(locale in current.texts) || locale === current.defaultLocale) return NotTranslated.of(locale);
  const texts = Object.fromEntries(Object.entries(current.texts).filter(([said]) => said !== locale));
  return Product.of(await saveProduct(tx, current, found({ ...current, texts })), tx.locale);
}

function found(row: ProductRow): ProductRow {
  return { ...row, searchTokens: searchTokensOf(row) };
}
