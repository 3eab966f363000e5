import type { EventContract, EventEnvelope } from '@haat/schema/event';
import { mailSecretIssued } from '@haat/schema/events/identity';
import { tenantOpened } from '@haat/schema/events/tenants';
import { vendorMemberInvited } from '@haat/schema/events/vendors';
import { systemClock, type Clock } from '@haat/kit/clock';
import { newId } from '@haat/kit/id';
import type { TenantFacts } from '@haat/kit/identity';
import type { SealingKeys } from '@haat/kit/sealing-keys';
import type { Applied } from '@haat/kit/store';

/** What identity would have mailed. */
export interface WantedMail {
  readonly kind?: 'VERIFY_EMAIL' | 'RESET_PASSWORD' | 'INVITATION' | 'SIGN_IN_CODE' | 'ALREADY_REGISTERED';
  readonly to: string;
  readonly name?: string;
  readonly secret?: string;
  readonly locale?: string;
  readonly expiresAt?: Date;
  readonly userId?: string;
}

/** What neighbours say. */
export interface Speaking {
  /** Makes a marketplace known. */
  open(tenant: TenantFacts, facts?: { readonly name?: string; readonly status?: 'OPEN' | 'CLOSED' }): Promise<void>;
  /** The event by which identity has a mail sent. */
  wanted(tenant: TenantFacts, mail: WantedMail): Promise<EventEnvelope>;
  /** Has a mail sent; answers the event. */
  mail(tenant: TenantFacts, mail: WantedMail): Promise<EventEnvelope>;
  /** Has somebody invited to work for a vendor, as vendors would; answers the event. */
  invite(tenant: TenantFacts, invitation: { readonly to: string; readonly secret: string; readonly vendorName: string; readonly locale: string }): Promise<EventEnvelope>;
}

/** What speaking needs. */
export interface Speaker {
  readonly hear: (envelope: EventEnvelope, contract: EventContract) => Promise<Applied>;
  readonly seal: SealingKeys['seal'];
  readonly clock: Clock;
}

/** Speaks as neighbours would. */
export function speaking({ hear, seal, clock }: Speaker): Speaking {
  const speech: Speaking = {
    async open(tenant, { name = 'Acme Bazaar', status = 'OPEN' } = {}) {
      const { id: tenantId, slug, currency, locales, timeZone } = tenant;
      const payload = { tenantId, slug, name, status, currency, locales: [...locales], timeZone, plan: 'FREE', features: [], limits: {}, hosts: [] };
      await hear(envelopeFor(tenantOpened, tenantId, { id: tenantId, version: 1 }, payload, clock), tenantOpened);
    },
    async wanted(tenant, { kind = 'VERIFY_EMAIL', to, name, secret, locale = 'en', expiresAt, userId }) {
      const sealed = await seal('notifications', { tenantId: tenant.id, purpose: mailSecretIssued.key }, { to, name: name ?? null, secret });
      const endsAt = expiresAt ?? new Date(clock.now().getTime() + 3_600_000);
      return envelopeFor(mailSecretIssued, tenant.id, { id: newId('mail'), version: 1 }, { kind, userId, locale, expiresAt: endsAt.toISOString(), sealed }, clock);
    },
    async mail(tenant, mail) {
      const envelope = await speech.wanted(tenant, mail);
      await hear(envelope, mailSecretIssued);
      return envelope;
    },
    async invite(tenant, { to, secret, ...words }) {
      const envelope = invitationOf(tenant.id, { ...words, sealed: await seal('notifications', { tenantId: tenant.id, purpose: vendorMemberInvited.key }, { to, name: null, secret }) }, clock);
      return hear(envelope, vendorMemberInvited).then(() => envelope);
    },
  };
  return speech;
}

/** The event by which vendors has somebody invited, good for an hour. */
function invitationOf(tenantId: string, words: { readonly vendorName: string; readonly locale: string; readonly sealed: string }, clock: Clock): EventEnvelope {
  const [memberId, vendorId] = [newId('vmem'), newId('ven')];
  const expiresAt = new Date(clock.now().getTime() + 3_600_000).toISOString();
  return envelopeFor(vendorMemberInvited, tenantId, { id: memberId, version: 1 }, { memberId, vendorId, expiresAt, ...words }, clock);
}

/** An event as another subgraph would say it. */
export function envelopeFor<P>(contract: EventContract<P>, tenantId: string, aggregate: { readonly id: string; readonly version: number }, payload: P, clock: Clock = systemClock): EventEnvelope<P> {
  return {
    id: newId('evt'), type: `${contract.producer}.${contract.name}`, version: contract.version, tenantId,
    aggregate: { type: contract.aggregate, ...aggregate }, occurredAt: clock.now().toISOString(), actor: `system:${contract.producer}`, payload,
  };
}
