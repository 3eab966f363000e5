import { productArchived, productChanged, productPublished } from '@haat/schema/events/catalog';
import { defineConsumer } from '@haat/kit/define';
import { saveProduct } from './save-product.js';

/** A product can be seen from now on. */
export const onProductPublished = defineConsumer('on-product-published', productPublished, saveProduct);

/** A product was made or changed; it may have been taken from the shoppers by it. */
export const onProductChanged = defineConsumer('on-product-changed', productChanged, saveProduct);

/** A product is seen no more. */
export const onProductArchived = defineConsumer('on-product-archived', productArchived, saveProduct);
