import { categoryChanged, collectionChanged, offerChanged, productArchived, productChanged, productPublished } from '@haat/schema/events/catalog';
import type { EventContract } from '@haat/schema/event';
import type { RepublishOptions } from '@haat/kit/define';
import type { CollectionDefinition, Stored } from '@haat/kit-mongo/define-collection';
import { readMax } from '@haat/kit-mongo/mongo-collection';
import type { Where } from '@haat/kit-mongo/mongo-where';
import { categories } from './category/category.row.js';
import { categoryStateOf } from './category/category-state.js';
import { productCollections } from './collection/collection.row.js';
import { collectionStateOf } from './collection/collection-state.js';
import type { CatalogTx } from './context.js';
import { offers } from './offer/offer.row.js';
import { offerStateOf } from './offer/offer-state.js';
import { contractOf, productStateOf } from './product/product-state.js';
import { products } from './product/product.row.js';

/** Says the present state of everything again: what others may build on first. A product is said by the event of its state. */
export async function republishCatalog(tx: CatalogTx, { event }: RepublishOptions): Promise<void> {
  const wanted = (...contracts: readonly { readonly key: string }[]): boolean => event === undefined || contracts.some(({ key }) => key === event);
  if (wanted(categoryChanged)) await each(tx, categories, (row) => say(tx, row, categoryChanged, categoryStateOf(row)));
  if (wanted(productPublished, productChanged, productArchived)) {
    await each(tx, products, async (row) => {
      const contract = contractOf(row.status);
      if (wanted(contract)) await say(tx, row, contract, productStateOf(row));
    });
  }
  if (wanted(collectionChanged)) await each(tx, productCollections, (row) => say(tx, row, collectionChanged, collectionStateOf(row)));
  if (wanted(offerChanged)) await each(tx, offers, (row) => say(tx, row, offerChanged, offerStateOf(row)));
}

function say<P>(tx: CatalogTx, row: { readonly _id: string; readonly version: number }, contract: EventContract<P>, payload: P): Promise<void> {
  return tx.emit(contract, { aggregate: { id: row._id, version: row.version }, payload });
}

async function each<T extends object>(tx: CatalogTx, definition: CollectionDefinition<T>, work: (row: Stored<T>) => Promise<void>): Promise<void> {
  for (let last: Stored<T> | undefined; ;) {
    const rows = await tx.db.collection(definition).page({} as Where<T>, { after: last && { value: last._id, id: last._id }, limit: readMax });
    for (const row of rows) await work(row);
    last = rows.at(-1);
    if (rows.length < readMax) return;
  }
}
