import { z } from 'zod';
import { anywhere, flag, integer, metadata, paging, text, textOrNone } from '../api/read-params.js';
import { methodDataParam } from '../methods/method-of.js';

const usage = z.enum(['on_session', 'off_session']);
const confirming = {
  payment_method: text.optional(), payment_method_data: methodDataParam.optional(), return_url: z.string().regex(/^https?:\/\/\S+$/, 'Not a valid URL').optional(), off_session: flag.optional(),
  error_on_requires_action: flag.optional(), setup_future_usage: usage.optional(), use_stripe_sdk: flag.optional(), receipt_email: textOrNone.optional(),
};

/** What `POST /v1/payment_intents` may say. Stripe knows more; what is not here is refused, so that nobody leans on what the simulator does not do. */
export const createParams = z.strictObject({
  ...anywhere, ...confirming, amount: integer, currency: text, confirm: flag.optional(), customer: text.optional(), description: textOrNone.optional(), metadata: metadata.optional(),
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(), confirmation_method: z.literal('automatic').optional(), allowed_payment_method_types: z.array(z.literal('card')).min(1).optional(),
  automatic_payment_methods: z.strictObject({ enabled: flag, allow_redirects: z.enum(['always', 'never']).optional() }).optional(), statement_descriptor_suffix: textOrNone.optional(), transfer_group: text.optional(),
});
/** What `POST /v1/payment_intents/:id` may say. */
export const changeParams = z.strictObject({
  ...anywhere, client_secret: text.optional(), amount: integer.optional(), currency: text.optional(), customer: text.optional(), description: textOrNone.optional(), metadata: metadata.optional(),
  payment_method: text.optional(), receipt_email: textOrNone.optional(), setup_future_usage: usage.optional(), statement_descriptor_suffix: textOrNone.optional(), transfer_group: text.optional(),
});
/** What `POST /v1/payment_intents/:id/confirm` may say. */
export const confirmParams = z.strictObject({ ...anywhere, ...confirming, client_secret: text.optional() });
/** What `POST /v1/payment_intents/:id/capture` may say. */
export const captureParams = z.strictObject({ ...anywhere, amount_to_capture: integer.optional(), metadata: metadata.optional(), final_capture: z.literal('true').optional(), statement_descriptor_suffix: textOrNone.optional() });
/** What `POST /v1/payment_intents/:id/cancel` may say. */
export const cancelParams = z.strictObject({ ...anywhere, client_secret: text.optional(), cancellation_reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional() });
/** What `GET /v1/payment_intents/:id` may say. */
export const readIntentParams = z.strictObject({ ...anywhere, client_secret: text.optional() });
/** What `GET /v1/payment_intents` may say. */
export const listParams = z.strictObject({ ...paging, customer: text.optional() });
