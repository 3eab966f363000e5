import { partnerOperation, partnerResolve } from '@haat/schema/asks/partners';
import { partnerChanged } from '@haat/schema/events/partners';
import type { z } from 'zod';
import type { Clock } from '@haat/kit/clock';
import type { TenantFacts, Viewer } from '@haat/kit/identity';
import { forbidden, unauthenticated } from '@haat/kit/refusal';
import { doorContext, type Asks } from './asks.js';
import { freshWhenCutMsMax, type Freshness } from './freshness.js';
import type { Identity } from './identity.js';
import { remembering } from './remembered.js';

/** How many programs are kept in mind. */
const partnersMax = 5_000;

/** How many of their operations. */
const operationsMax = 20_000;

/** How long a program is served on while nobody can say whether it changed, in milliseconds. */
const servedOnMsMax = 10 * 60_000;

/** A partner's program, as the door knows it. */
export type Partner = NonNullable<z.output<typeof partnerResolve.output>['partner']>;

/** The text of an operation that a program may run. */
export type PartnerOperation = NonNullable<z.output<typeof partnerOperation.output>['operation']>;

/** Where programs of partners are looked up. */
export interface Partners {
  /** The program of a viewer; undefined when it has none. Refuses with `UNAUTHENTICATED` one that is gone, with `FORBIDDEN` one that is suspended. */
  of(tenant: TenantFacts, viewer: Viewer): Promise<Partner | undefined>;
  /** An operation of a program that may run now; null when there is none. */
  operation(tenant: TenantFacts, partnerAppId: string, operationId: string): Promise<PartnerOperation | null>;
}

/** Looks them up by asking, and keeps what it heard until something of a program changes. */
export function askedPartners(asks: Asks, clock: Clock, freshness: Freshness): Partners {
  const partners = remembering<Partner | null>({ clock, entriesMax: partnersMax, ageMsMax: () => freshness.ageMsMax(), ageMsMaxWhenLost: (partner) => (partner ? servedOnMsMax : 0) });
  const operations = remembering<PartnerOperation | null>({
    clock, entriesMax: operationsMax,
    // One that nobody registered may be at any time, and the news may be lost.
    ageMsMax: (operation) => (operation ? freshness.ageMsMax() : freshWhenCutMsMax),
    ageMsMaxWhenLost: (operation) => (operation ? servedOnMsMax : 0),
  });
  freshness.onGap(() => { partners.forgetAll(); operations.forgetAll(); });
  freshness.on(partnerChanged, ({ partnerAppId }) => {
    for (const kept of [partners, operations]) kept.forget((_, key) => key.split(' ')[1] === partnerAppId);
  });
  return {
    async of(tenant, { partnerAppId }) {
      if (partnerAppId === undefined) return undefined;
      const partner = await partners.of(`${tenant.id} ${partnerAppId}`, async () => (await asks.ask(partnerResolve, { partnerAppId }, doorContext(clock, tenant))).partner);
      if (!partner || partner.status === 'REVOKED') throw unauthenticated('The API token is not valid, or no longer.');
      if (partner.status === 'SUSPENDED') throw forbidden('This partner\'s program is suspended: ask the operator of the marketplace.');
      return partner;
    },
    operation: (tenant, partnerAppId, operationId) => operations.of(`${tenant.id} ${partnerAppId} ${operationId}`, async () =>
      (await asks.ask(partnerOperation, { partnerAppId, operationId }, doorContext(clock, tenant))).operation),
  };
}

/** Identity that lets a program's tokens in only as long as the program may come in. */
export function heldByPartners(identity: Identity, partners: Partners): Identity {
  return {
    ...identity,
    async identify(credentials, tenant, clientAddress) {
      const viewer = await identity.identify(credentials, tenant, clientAddress);
      await partners.of(tenant, viewer);
      return viewer;
    },
  };
}
