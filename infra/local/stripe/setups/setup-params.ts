import { z } from 'zod';
import { anywhere, flag, metadata, paging, text, textOrNone } from '../api/read-params.js';
import { methodDataParam } from '../methods/method-of.js';

const confirming = { payment_method: text.optional(), payment_method_data: methodDataParam.optional(), return_url: z.string().regex(/^https?:\/\/\S+$/, 'Not a valid URL').optional(), use_stripe_sdk: flag.optional() };

/** What `POST /v1/setup_intents` may say. */
export const createSetupParams = z.strictObject({
  ...anywhere, ...confirming, confirm: flag.optional(), customer: text.optional(), description: textOrNone.optional(), metadata: metadata.optional(), allowed_payment_method_types: z.array(z.literal('card')).min(1).optional(),
  automatic_payment_methods: z.strictObject({ enabled: flag, allow_redirects: z.enum(['always', 'never']).optional() }).optional(), usage: z.enum(['on_session', 'off_session']).optional(),
});
/** What `POST /v1/setup_intents/:id/confirm` may say. */
export const confirmSetupParams = z.strictObject({ ...anywhere, ...confirming, client_secret: text.optional() });
/** What `POST /v1/setup_intents/:id` may say. */
export const changeSetupParams = z.strictObject({ ...anywhere, metadata: metadata.optional(), description: textOrNone.optional() });
/** What `POST /v1/setup_intents/:id/cancel` may say. */
export const cancelSetupParams = z.strictObject({ ...anywhere, cancellation_reason: z.enum(['abandoned', 'requested_by_customer', 'duplicate']).optional() });
/** What `GET /v1/setup_intents/:id` may say. */
export const readSetupParams = z.strictObject({ ...anywhere, client_secret: text.optional() });
/** What `GET /v1/setup_intents` may say. */
export const listSetupParams = z.strictObject({ ...paging, customer: text.optional(), payment_method: text.optional() });
