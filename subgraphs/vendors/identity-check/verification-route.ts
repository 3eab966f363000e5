import type { Route, RouteResponse } from '@haat/kit/routes';
import { z } from 'zod';
import type { VendorsContext } from '../context.js';
import { isSigned } from './callback-signature.js';
import { openCheck, settleCheck } from './settle-check.js';

/** The header of the provider's signature. */
export const signatureHeader = 'x-verification-signature';

const callback = z.object({ clientReference: z.string().max(64), id: z.string().max(200), status: z.enum(['pending', 'passed', 'failed']), reason: z.string().max(500).optional() });

/** `POST /hooks/vendors/verification/<tenant slug>`: the provider says what a check came to, as often and in whatever order it likes. */
export const verificationRoute: Route = {
  method: 'POST',
  path: '/verification/:tenant',
  bodyBytesMax: 64_000,
  caller: 'provider',
  async answer(given, request): Promise<RouteResponse> {
    const ctx = given as unknown as VendorsContext;
    const body = await whole(request.body);
    if (!isSigned(request.headers[signatureHeader], body, { secrets: ctx.config.VERIFICATION_SECRETS, now: ctx.clock.now() })) return { status: 401 };
    const read = callback.safeParse(json(body));
    if (!read.success) return { status: 400 };
    await take(ctx, read.data);
    return { status: 204 };
  },
};

/** What is unknown here, or has ended, is answered like all else: the provider has done its part. */
async function take(ctx: VendorsContext, { clientReference, id, status, reason }: z.infer<typeof callback>): Promise<void> {
  if (status === 'pending') return;
  await ctx.transaction(async (tx) => {
    const check = await openCheck(tx, clientReference);
    if (!check || (check.reference !== null && check.reference !== id)) return;
    await settleCheck(tx, check, status === 'passed' ? { status: 'PASSED' } : { status: 'FAILED', reason });
  });
}

async function whole(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
