import { createHmac } from 'node:crypto';
import type { ShippingContext } from '../context.js';
import { PathaoClient, type PathaoTokens } from '../pathao/pathao-client.js';
import { pathaoCarrier } from '../pathao/pathao-carrier.js';
import type { Carrier } from './carrier.js';
import { CarrierAccountRow, type CarrierCredentials } from './carrier-account.row.js';

/** An account as it is opened: a row, or what is to be one. */
export type OpenAccount = Pick<CarrierAccountRow, 'storeId' | 'isSandbox'> & { readonly id?: string; readonly sealedTokens: string | null };

/** What reaches a carrier. */
type Reach = Pick<ShippingContext, 'config' | 'tenant' | 'clock' | 'seal' | 'unseal' | 'transaction'>;

/** The carrier as an account reaches it. */
export async function carrierOf(ctx: Reach, account: CarrierAccountRow): Promise<Carrier> {
  return openCarrier(ctx, account, await credentialsOf(ctx, account));
}

/** The same with credentials at hand. New tokens are kept where the account is a row. */
export function openCarrier(ctx: Reach, { id, storeId, isSandbox, sealedTokens }: OpenAccount, credentials: CarrierCredentials): Carrier {
  const bound = { tenantId: ctx.tenant.id, purpose: 'carrier-tokens' };
  const client = new PathaoClient({
    url: isSandbox ? ctx.config.PATHAO_SANDBOX_URL : ctx.config.PATHAO_URL, timeoutMs: ctx.config.CARRIER_TIMEOUT_MS, credentials, now: () => ctx.clock.now(),
    tokens: {
      read: async () => (sealedTokens === null ? null : ((await ctx.unseal(bound, sealedTokens).catch(() => null)) as PathaoTokens | null)),
      write: async (tokens) => {
        if (id === undefined) return;
        const sealed = await ctx.seal('shipping', bound, tokens);
        await ctx.transaction(async (tx) => void (await tx.db.update(CarrierAccountRow, { tenantId: tx.tenant.id, id }, { sealedTokens: sealed })));
      },
    },
  });
  return pathaoCarrier(client, storeId);
}

/** What an account is opened with. */
export async function credentialsOf(ctx: Pick<ShippingContext, 'unseal' | 'tenant'>, { sealedCredentials }: CarrierAccountRow): Promise<CarrierCredentials> {
  return (await ctx.unseal(credentialsBound(ctx.tenant.id), sealedCredentials)) as CarrierCredentials;
}

/** For what credentials are sealed. */
export function credentialsBound(tenantId: string): { tenantId: string; purpose: string } {
  return { tenantId, purpose: 'carrier-credentials' };
}

/** By which an account is found: the secret of its callbacks, keyed, so that the database does not tell it. */
export function callbackHashOf({ GUEST_KEY_SECRET }: ShippingContext['config'], secret: string): string {
  return createHmac('sha256', GUEST_KEY_SECRET).update(`carrier callback\n${secret}`).digest('hex');
}

/** The account whose callbacks show a secret of this hash: the one it has, or for a while the one it had. */
export async function accountOfCallback({ db, clock }: Pick<ShippingContext, 'db' | 'clock'>, carrier: string, hash: string): Promise<CarrierAccountRow | null> {
  return db.createQueryBuilder(CarrierAccountRow, 'a').where('a.carrier = :carrier and (a.callbackHash = :hash or (a.previousCallbackHash = :hash and a.previousUntil > :now))', { carrier, hash, now: clock.now() }).getOne();
}

/** The account that a vendor's parcels go by: its own, or else the marketplace's. */
export async function accountFor(tx: Pick<ShippingContext, 'db'>, carrier: string, vendorId: string): Promise<CarrierAccountRow | null> {
  return tx.db.createQueryBuilder(CarrierAccountRow, 'a').where('a.carrier = :carrier and (a.vendorId = :vendorId or a.vendorId is null)', { carrier, vendorId }).orderBy('a.vendorId', 'ASC', 'NULLS LAST').limit(1).getOne();
}
