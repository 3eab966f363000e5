import { changeRequestChanged } from '@haat/schema/events/catalog';
import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { idText, noteCharactersMax, textOf } from '@haat/kit/limits';
import { badInput, notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { checkMayManage } from '../access/may.js';
import type { CatalogTx } from '../context.js';
import { ChangeProductInput, changedProduct, productChangeRules, withoutNulls, type ProductChanges } from '../product/change-product.js';
import { seesProduct } from '../product/find-products.js';
import { AttributeRejected, AttributesMissing, UnknownAttribute } from '../product/product-problems.js';
import { products, type ProductRow } from '../product/product.row.js';
import { checkCategories } from '../product/write-product.js';
import { TooMany } from '../too-many.js';
import { ChangeAction, changeRequests, ChangeRequestStatus, type ChangeRequestRow } from './change-request.row.js';
import { ChangeRequest } from './change-request.type.js';
import { OwnProduct } from './request-problems.js';

/** Requests of one vendor that wait to be decided. */
export const pendingMax = 100;

/** What a vendor asks for. */
@InputType({ description: "A change of somebody else's product page, for its keeper to decide on; what is left out stays." })
export class RequestProductChangeInput extends ChangeProductInput {
  @Field(() => ID, { description: 'The vendor who asks for it; begins with ven_.' }) vendorId: string;
  @Field(() => ChangeAction, { defaultValue: ChangeAction.UPDATE, description: 'What is to be done; only an UPDATE says what changes.' }) action: ChangeAction;
  @Field(() => String, { nullable: true, description: 'Why, for those who decide, at most 500 characters.' }) note?: string | null;
}

/** The request, or why there is none. */
export const RequestProductChangeResult = resultOf('RequestProductChangeResult', 'The request, which waits to be decided, or why there is none.', [ChangeRequest, OwnProduct, TooMany, UnknownAttribute, AttributeRejected, AttributesMissing]);

const rules = z.object({ productId: idText, vendorId: idText, action: z.enum(ChangeAction), note: textOf(noteCharactersMax).nullish() });

/** Asks for a change of a product that the vendor sees and does not keep. What could never be done is refused at once. */
export async function requestProductChange(tx: CatalogTx, input: RequestProductChangeInput): Promise<ChangeRequest | OwnProduct | TooMany | UnknownAttribute | AttributeRejected | AttributesMissing> {
  const { productId, vendorId, action, note } = parsed(rules, input);
  const { productId: _, vendorId: __, action: ___, note: ____, ...asked } = withoutNulls(input);
  const changes = parsed(productChangeRules, asked);
  checkMayManage(tx.viewer, vendorId);
  const product = await tx.db.collection(products).findById(productId);
  if (!product || !seesProduct(tx, product)) throw notFound('product');
  if (product.vendorId === vendorId) return OwnProduct.of();
  checkFits(action, asked);
  const refused = action === ChangeAction.UPDATE ? await refusedChanges(tx, product, changes) : undefined;
  if (refused) return refused;
  if ((await tx.db.collection(changeRequests).count({ vendorId, status: ChangeRequestStatus.PENDING }, pendingMax)) >= pendingMax) return TooMany.of('requests that wait', pendingMax, 'A vendor');
  const row = {
    _id: newId('chg', tx.clock.now()), productId, vendorId, action, status: ChangeRequestStatus.PENDING, ...(note && { note }),
    ...(action === ChangeAction.UPDATE && { changes: JSON.stringify(asked) }),
  };
  const inserted = await tx.db.collection(changeRequests).insert(row, { saying: () => sayRequest(tx, row, 1) });
  if (!('document' in inserted)) throw new Error(`The request ${row._id} exists already.`);
  return ChangeRequest.of(inserted.document);
}

/** Says where a request stands. */
export function sayRequest(tx: CatalogTx, { _id, productId, vendorId, action, status, reason }: Omit<ChangeRequestRow, 'tenantId' | 'version' | 'createdAt' | 'updatedAt'>, version: number): Promise<void> {
  return tx.emit(changeRequestChanged, { aggregate: { id: _id, version }, payload: { changeRequestId: _id, productId, vendorId, action, status, reason } });
}

function checkFits(action: ChangeAction, asked: object): void {
  const isSaid = Object.values(asked).some((value) => value !== undefined);
  if ((action === ChangeAction.UPDATE) !== isSaid) throw badInput([{ path: ['input'], message: action === ChangeAction.UPDATE ? 'expected something that changes' : `expected no changes with ${action}` }]);
}

async function refusedChanges(tx: CatalogTx, product: ProductRow, changes: ProductChanges): Promise<UnknownAttribute | AttributeRejected | AttributesMissing | undefined> {
  await checkCategories(tx, changes.categoryIds ?? []);
  const next = await changedProduct(tx, product, changes);
  return '_id' in next ? undefined : next;
}
