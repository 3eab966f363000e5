import { productArchived, productChanged, productPublished } from '@haat/schema/events/catalog';
import { defineBatchConsumer } from '@haat/kit/define';
import { saveProducts } from './save-products.js';

/** A product can be seen from now on. */
export const onProductPublished = defineBatchConsumer('on-product-published', productPublished, saveProducts);

/** A product was made or changed; it may have been taken from the shoppers by it. */
export const onProductChanged = defineBatchConsumer('on-product-changed', productChanged, saveProducts);

/** A product is seen no more. */
export const onProductArchived = defineBatchConsumer('on-product-archived', productArchived, saveProducts);
