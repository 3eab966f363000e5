import { newId } from '@haat/kit/id';
import type { Route, RouteResponse } from '@haat/kit/routes';
import type { CarrierAccountRow } from '../carrier/carrier-account.row.js';
import { accountOfCallback, callbackHashOf, credentialsOf } from '../carrier/carrier-of.js';
import type { ShippingContext } from '../context.js';
import { momentOf, pathaoCallback, stateOfEvent, type PathaoCallback } from './pathao-events.js';

/** The header in which Pathao shows the secret that was registered with the address. */
export const signatureHeader = 'x-pathao-signature';
/** The header in which Pathao wants to be shown its own. */
export const integrationHeader = 'x-pathao-merchant-webhook-integration-secret';

/** How far Pathao's clock may be ahead of ours, in milliseconds. */
const clocksApartMs = 300_000;

/** `POST /hooks/shipping/pathao/<tenant slug>`: Pathao says what became of a consignment, as often and in whatever order it likes. It is kept and answered at once, and taken up by a job. */
export const pathaoRoute: Route = {
  method: 'POST',
  path: '/pathao/:tenant',
  bodyBytesMax: 64_000,
  caller: 'provider',
  async answer(given, request): Promise<RouteResponse> {
    const ctx = given as unknown as ShippingContext;
    const account = await accountOf(ctx, request.headers[signatureHeader]);
    if (!account) return { status: 401 };
    const read = pathaoCallback.safeParse(json(await whole(request.body)));
    if (!read.success) return { status: 400 };
    if (read.data.event in stateOfEvent && read.data.consignment_id !== undefined) await keep(ctx, account, read.data);
    const { integrationSecret } = await credentialsOf(ctx, account);
    return { status: 202, headers: { [integrationHeader]: integrationSecret, 'content-type': 'application/json' }, body: '{}' };
  },
};

/** The secret is compared by its keyed hash, which takes as long for a wrong one as for a right one. */
async function accountOf(ctx: ShippingContext, secret: string | undefined): Promise<CarrierAccountRow | null> {
  if (secret === undefined || secret === '') return null;
  return accountOfCallback(ctx, 'pathao', callbackHashOf(ctx.config, secret));
}

async function keep(ctx: ShippingContext, { id: accountId }: CarrierAccountRow, said: PathaoCallback): Promise<void> {
  const now = ctx.clock.now();
  const at = momentOf(said);
  // What is said to happen tomorrow happens now: else nothing that follows would count.
  const saidAt = at === undefined || at.getTime() > now.getTime() + clocksApartMs ? now : at;
  const key = `${said.consignment_id} ${said.event} ${said.timestamp ?? ''}`;
  await ctx.transaction((tx) => tx.db.query(
    'insert into carrier_callback (id, account_id, key, said, said_at, due_at) values ($1, $2, $3, $4, $5, $6) on conflict (tenant_id, account_id, key) do nothing',
    [newId('evt', now), accountId, key, JSON.stringify(said), saidAt, now]));
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
