import { parsed } from '@haat/kit/input';
import { idText, noteCharactersMax, textOf } from '@haat/kit/limits';
import { notFound } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { SlugTaken } from '@haat/kit/shared-types';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { mayManage } from '../access/may.js';
import type { CatalogTx } from '../context.js';
import { archiveProduct } from '../product/archive-product.js';
import { changeProduct, type ChangeProductInput } from '../product/change-product.js';
import { AlreadyArchived, AlreadyPublished, AttributeRejected, AttributesMissing, SkuTaken, UnknownAttribute, VariantOffered } from '../product/product-problems.js';
import { Product } from '../product/product.type.js';
import { products } from '../product/product.row.js';
import { publishProduct } from '../product/publish-product.js';
import { ChangeAction, changeRequests, ChangeRequestStatus, type ChangeRequestRow } from './change-request.row.js';
import { ChangeRequest } from './change-request.type.js';
import { ChangeRequestClosed } from './request-problems.js';
import { sayRequest } from './request-product-change.js';

/** Which request is confirmed. */
@InputType({ description: 'Which change a vendor asked for is to be done.' })
export class ConfirmProductChangeInput {
  @Field(() => ID, { description: 'The request to be confirmed; begins with chg_.' }) changeRequestId: string;
}

/** The request, or why it waits still. */
export const ConfirmProductChangeResult = resultOf('ConfirmProductChangeResult', 'The request, done now, or what stands in its way.', [
  ChangeRequest, ChangeRequestClosed, SlugTaken, SkuTaken, UnknownAttribute, AttributeRejected, VariantOffered, AttributesMissing,
]);

const oneRules = z.object({ changeRequestId: idText });
type Obstacle = SlugTaken | SkuTaken | UnknownAttribute | AttributeRejected | VariantOffered | AttributesMissing;

/**
 * Does what a vendor asked for. The product is written first: a process that dies before the request is marked leaves it
 * waiting, and confirming it again changes nothing more.
 */
export async function confirmProductChange(tx: CatalogTx, input: ConfirmProductChangeInput): Promise<ChangeRequest | ChangeRequestClosed | Obstacle> {
  const row = await requestToDecide(tx, parsed(oneRules, input).changeRequestId);
  if (row.status !== ChangeRequestStatus.PENDING) return ChangeRequestClosed.of(row.status);
  const done = await doAsked(tx, row);
  return done ?? close(tx, row, { status: ChangeRequestStatus.CONFIRMED });
}

/** Which request is declined. */
@InputType({ description: 'Which change a vendor asked for is not to be done, and why.' })
export class DeclineProductChangeInput {
  @Field(() => ID, { description: 'The request to be declined; begins with chg_.' }) changeRequestId: string;
  @Field(() => String, { description: 'Why, for the vendor, at most 500 characters.' }) reason: string;
}

/** The request, or that it was closed. */
export const DeclineProductChangeResult = resultOf('DeclineProductChangeResult', 'The request, declined now, or that it was closed before.', [ChangeRequest, ChangeRequestClosed]);

const declineRules = z.object({ changeRequestId: idText, reason: textOf(noteCharactersMax) });

/** Declines what a vendor asked for. */
export async function declineProductChange(tx: CatalogTx, input: DeclineProductChangeInput): Promise<ChangeRequest | ChangeRequestClosed> {
  const { changeRequestId, reason } = parsed(declineRules, input);
  return close(tx, await requestToDecide(tx, changeRequestId), { status: ChangeRequestStatus.DECLINED, reason });
}

/** Which request is taken back. */
@InputType({ description: 'Which request a vendor takes back.' })
export class CancelProductChangeInput {
  @Field(() => ID, { description: 'The request to be taken back; begins with chg_.' }) changeRequestId: string;
}

/** The request, or that it was closed. */
export const CancelProductChangeResult = resultOf('CancelProductChangeResult', 'The request, taken back now, or that it was closed before.', [ChangeRequest, ChangeRequestClosed]);

/** Takes back what was asked for, by those who act for the vendor. */
export async function cancelProductChange(tx: CatalogTx, input: CancelProductChangeInput): Promise<ChangeRequest | ChangeRequestClosed> {
  const row = await tx.db.collection(changeRequests).findById(parsed(oneRules, input).changeRequestId);
  if (!row || !mayManage(tx.viewer, row.vendorId)) throw notFound('change request');
  return close(tx, row, { status: ChangeRequestStatus.CANCELED });
}

/** A request about a page that whoever asks keeps: the operators' pages, or a vendor's own. */
async function requestToDecide(tx: CatalogTx, id: string): Promise<ChangeRequestRow> {
  const row = await tx.db.collection(changeRequests).findById(id);
  const product = row && (await tx.db.collection(products).findById(row.productId));
  if (!product || !mayManage(tx.viewer, product.vendorId)) throw notFound('change request');
  return row;
}

/** Undefined when it is done. What was so already is done as well. */
async function doAsked(tx: CatalogTx, { action, productId, changes = '{}' }: ChangeRequestRow): Promise<Obstacle | undefined> {
  const answer = action === ChangeAction.UPDATE ? await changeProduct(tx, { ...(JSON.parse(changes) as ChangeProductInput), productId })
    : action === ChangeAction.PUBLISH ? await publishProduct(tx, { productId }) : await archiveProduct(tx, { productId });
  const isDone = answer instanceof Product || answer instanceof AlreadyArchived || answer instanceof AlreadyPublished;
  return isDone ? undefined : answer;
}

async function close(tx: CatalogTx, { _id }: ChangeRequestRow, decision: { readonly status: ChangeRequestStatus; readonly reason?: string }): Promise<ChangeRequest | ChangeRequestClosed> {
  let closed: ChangeRequestClosed | undefined;
  const written = await tx.db.collection(changeRequests).change(_id, async (current) => {
    closed = current.status === ChangeRequestStatus.PENDING ? undefined : ChangeRequestClosed.of(current.status);
    if (closed) return undefined;
    const next = { ...current, ...decision, decidedAt: tx.clock.now() };
    await sayRequest(tx, next, current.version + 1);
    return next;
  }, { followUp: true });
  if (!('document' in written)) throw notFound('change request');
  return closed ?? ChangeRequest.of(written.document);
}
