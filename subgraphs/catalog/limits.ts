/** Characters of a product's title, in each language. */
export const titleCharactersMax = 200;
/** Characters of a product's description, in each language. */
export const descriptionCharactersMax = 20_000;
/** Characters of the title and of the description that search engines are given. */
export const seoTitleCharactersMax = 120;
export const seoDescriptionCharactersMax = 400;
/** Characters of a category's, collection's, attribute's or choice's name. */
export const nameCharactersMax = 120;
/** Languages besides the default one in one input. */
export const translationsMax = 20;

/** Variants of a product. */
export const variantsMax = 100;
/** Options of a product, and values of an option. */
export const optionsMax = 3;
export const optionValuesMax = 100;
/** Categories a product is in. */
export const productCategoriesMax = 10;
/** Tags of a product, and characters of a tag. */
export const tagsMax = 30;
export const tagCharactersMax = 40;
/** Pictures of a product. */
export const imagesMax = 20;
/** Bytes of a product's public state as JSON, all languages and variants together: its events must travel. */
export const productBytesMax = 200 * 1024;

/** Attributes of a product type, and choices of an attribute. */
export const attributesMax = 100;
export const choicesMax = 200;
/** Characters of an attribute's text. */
export const attributeTextCharactersMax = 1_000;
/** Product types of a marketplace. */
export const productTypesMax = 500;

/** Categories of a marketplace: below the thousand that one read answers, by as much as creators may race. */
export const categoriesMax = 900;
/** Levels of categories under each other. */
export const categoryDepthMax = 8;
/** Products named one by one in a collection. */
export const collectionProductsMax = 250;

/** Grams that an offer's piece may weigh: a lorry's load. */
export const weightGramsMax = 25_000_000;
/** Pieces of an offer in one order. */
export const perOrderMax = 100_000;
