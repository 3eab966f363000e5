import type Stripe from 'stripe';
import { z } from 'zod';
import type { Call } from '../api/call.js';
import { listPage } from '../api/list-page.js';
import { anywhere, flag, mergedMetadata, metadata, paging, readParams, text, textOrNone } from '../api/read-params.js';
import { notNow } from '../refusal.js';
import { closeDispute } from './open-dispute.js';

const listParams = z.strictObject({ ...paging, charge: text.optional(), payment_intent: text.optional() });
const evidence = z.strictObject({ uncategorized_text: textOrNone.optional(), product_description: textOrNone.optional(), customer_email_address: textOrNone.optional(), shipping_tracking_number: textOrNone.optional(), shipping_carrier: textOrNone.optional() });
const changeParams = z.strictObject({ ...anywhere, metadata: metadata.optional(), evidence: evidence.optional(), submit: flag.optional() });

/** `GET /v1/disputes/:id`. */
export function readDispute({ books, form, id }: Call): object {
  readParams(form, z.strictObject(anywhere));
  return books.get('dispute', id);
}

/** `GET /v1/disputes`. */
export function listDisputes({ books, form }: Call): object {
  const params = readParams(form, listParams);
  const isWanted = (dispute: Stripe.Dispute): boolean => (params.charge ?? dispute.charge) === dispute.charge && (params.payment_intent ?? dispute.payment_intent) === dispute.payment_intent;
  return listPage('/v1/disputes', books.all('dispute').filter(isWanted), params);
}

/** `POST /v1/disputes/:id`. The texts `winning_evidence` and `losing_evidence` decide it at once: docs.stripe.com/testing#disputes. */
export function changeDispute({ books, form, id }: Call): object {
  const params = readParams(form, changeParams);
  const dispute = books.get('dispute', id);
  if (params.evidence && dispute.status !== 'needs_response') throw notNow(`This dispute takes no evidence: it has a status of ${dispute.status}.`, 'dispute_unexpected_state');
  const isSent = params.evidence !== undefined && params.submit !== false;
  const said = Object.fromEntries(Object.entries(params.evidence ?? {}).filter(([, value]) => value !== undefined));
  const changed = books.put('dispute', {
    ...dispute, metadata: mergedMetadata(dispute.metadata, params.metadata), evidence: { ...dispute.evidence, ...said }, status: isSent ? 'under_review' : dispute.status,
    evidence_details: { ...dispute.evidence_details, has_evidence: dispute.evidence_details.has_evidence || params.evidence !== undefined, submission_count: dispute.evidence_details.submission_count + (isSent ? 1 : 0) },
  });
  books.tell('charge.dispute.updated', changed);
  const decision = isSent ? params.evidence?.uncategorized_text : undefined;
  if (decision === 'winning_evidence') return closeDispute(books, id, 'won');
  return decision === 'losing_evidence' ? closeDispute(books, id, 'lost') : changed;
}

/** `POST /v1/disputes/:id/close`: the shop gives in. */
export function giveInDispute({ books, form, id }: Call): object {
  readParams(form, z.strictObject(anywhere));
  return closeDispute(books, id, 'lost');
}
