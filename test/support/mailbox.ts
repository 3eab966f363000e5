import { mailSecretIssued } from '@haat/schema/events/identity';
import { vendorMemberInvited } from '@haat/schema/events/vendors';
import { readSealingKeys } from '@haat/kit/sealing-keys';
import { eventually } from '@haat/kit/testing/eventually';
import type { TestMarketplace } from './test-marketplace.js';

/** A mail that must be sent, as whoever sends it opens it. */
export interface Mail {
  readonly kind: string;
  readonly to: string;
  readonly name: string | null;
  /** The token or code in it; a mail that only tells has none. */
  readonly secret: string;
}

interface OutboxRow {
  readonly payload: { readonly tenantId: string; readonly payload: { readonly kind: string; readonly sealed: string } };
}

/** How far back a mail to somebody is looked for: opening one costs more than asking for it. */
const lookBackMax = 40;

/** The newest mail of a kind to an address. Waits for it: an invitation follows an event. */
export function mailTo(marketplace: TestMarketplace, address: string, kind: string): Promise<Mail> {
  const newest = "select payload from identity.outbox where event_type = $1 and payload->'payload'->>'kind' = $2 order by seq desc limit $3";
  return eventually(async () => {
    const rows = await marketplace.query<OutboxRow>(newest, [mailSecretIssued.key, kind, lookBackMax]);
    return (await opened(marketplace, rows)).find(({ to }) => to === address);
  }, 10_000);
}

/** Every mail so far, the oldest first: read where events wait for the broker, opened with the key of notifications. */
export async function mails(marketplace: TestMarketplace): Promise<Mail[]> {
  return opened(marketplace, await marketplace.query<OutboxRow>('select payload from identity.outbox where event_type = $1 order by seq', [mailSecretIssued.key]));
}

function opened({ secrets }: TestMarketplace, rows: readonly OutboxRow[]): Promise<Mail[]> {
  const key = JSON.stringify(secrets.principals['notifications']?.sealing.privateJwk);
  const { unseal } = readSealingKeys(key, JSON.stringify({ keys: [] }));
  return Promise.all(rows.map(async ({ payload: { tenantId, payload } }) => {
    const inside = (await unseal({ tenantId, purpose: mailSecretIssued.key }, payload.sealed)) as Omit<Mail, 'kind'>;
    return { ...inside, kind: payload.kind };
  }));
}

/** The secret of the newest invitation of an address to work for a vendor. Waits for it, as {@link mailTo}. */
export function vendorInvitationTo({ secrets, query }: TestMarketplace, address: string): Promise<string> {
  const { unseal } = readSealingKeys(JSON.stringify(secrets.principals['notifications']?.sealing.privateJwk), JSON.stringify({ keys: [] }));
  return eventually(async () => {
    const rows = await query<OutboxRow>('select payload from vendors.outbox where event_type = $1 order by seq', [vendorMemberInvited.key]);
    const opened = await Promise.all(rows.map(({ payload: { tenantId, payload } }) => unseal({ tenantId, purpose: vendorMemberInvited.key }, payload.sealed) as Promise<{ to: string; secret: string }>));
    return opened.findLast(({ to }) => to === address)?.secret;
  }, 10_000);
}
