import type { EventEnvelope } from '@haat/schema/event';
import type { Asking } from './ask.js';
import type { Clock } from './clock.js';
import type { Context, Tx } from './context.js';
import type { SubgraphDefinition } from './define.js';
import { newId } from './id.js';
import { actorOf, callerOf, systemViewer, type InternalContext, type TenantFacts } from './identity.js';
import type { Log } from './log.js';
import { seePerson, watchedViewer } from './person-seen.js';
import { currentTraceparent } from './span.js';
import type { SealingKeys } from './sealing-keys.js';
import type { ActingIn, StoreRuntime, UnitOfWork } from './store.js';

/** How long work without a waiting caller may take: an event applied, a job's item. */
const unattendedMs = 30_000;

/** What contexts of one subgraph are made of. */
export interface ContextParts {
  readonly definition: SubgraphDefinition;
  readonly config: unknown;
  readonly store: StoreRuntime;
  readonly asking: Asking;
  readonly sealing: SealingKeys;
  readonly clock: Clock;
  readonly log: Log;
}

/** The context of a request whose signature was verified. */
export function contextOf(parts: ContextParts, internal: InternalContext): Context {
  const { definition, store, clock } = parts;
  const viewer = internal.shareable ? watchedViewer(internal.viewer) : internal.viewer;
  const context: Context = {
    ...internal,
    viewer,
    subgraph: definition.name,
    clock,
    config: parts.config,
    db: store.db,
    log: parts.log.child({ tenant: internal.tenant.id, request: internal.requestId }),
    deadline: { at: internal.deadlineAt, remainingMs: () => Math.max(0, internal.deadlineAt - clock.now().getTime()) },
    get loaders() { return lazily(context, 'loaders', definition.loaders?.(context as never) ?? {}); },
    seal: parts.sealing.seal,
    unseal: parts.sealing.unseal,
    ask(contract, input) {
      seePerson(viewer);
      return parts.asking.ask(contract, input, internal);
    },
    transaction: (work, options) => store.transaction(actingIn(internal, definition.name), (unit) => work(txOf(context, unit, definition)), options),
  };
  return context;
}

/**
 * The context of a subgraph acting by itself inside a tenant. It knows the tenant's id and no more of it: whoever acts on
 * an event takes the facts from the event.
 */
export function systemContextOf(parts: ContextParts, tenantId: string, causedBy?: EventEnvelope): Context {
  const tenant = bareTenant(tenantId);
  const requestId = causedBy?.correlationId ?? newId('req', parts.clock.now());
  const deadlineAt = parts.clock.now().getTime() + unattendedMs;
  return contextOf(parts, { tenant, viewer: systemViewer, locale: 'en', requestId, deadlineAt, traceparent: causedBy?.traceparent });
}

/** A write in progress, with everything of the context it began in. Its loaders read inside the transaction. */
export function txOf(context: Context, unit: UnitOfWork<unknown>, definition: SubgraphDefinition): Tx {
  const { transaction: _, loaders: __, ...rest } = Object.getOwnPropertyDescriptors(context);
  const tx = Object.defineProperties({}, rest) as Tx;
  return Object.defineProperties(tx, {
    db: { value: unit.db, enumerable: true },
    emit: { value: unit.emit.bind(unit), enumerable: true },
    afterCommit: { value: unit.afterCommit.bind(unit), enumerable: true },
    inTenant: { value: inTenantOf(context, unit, definition), enumerable: true },
    loaders: { get: () => lazily(tx, 'loaders', definition.loaders?.(tx as never) ?? {}), configurable: true, enumerable: true },
  });
}

/** Goes on as the same viewer in another tenant, of which only the id is known. */
function inTenantOf(context: Context, unit: UnitOfWork<unknown>, definition: SubgraphDefinition): Tx['inTenant'] {
  return (tenantId, work) => unit.inTenant(tenantId, (inner) => work(txOf({ ...context, tenant: bareTenant(tenantId) }, inner, definition)));
}

/** A tenant of which only the id is known. The currency is ISO 4217's "no currency", so that using it is seen. */
function bareTenant(id: string): TenantFacts {
  return { id, slug: id, currency: 'XXX', locales: ['en'], timeZone: 'UTC', features: [], limits: {} };
}

/** Who acts, for what the store writes by itself. */
export function actingIn(internal: InternalContext, subgraph: string, causedBy?: EventEnvelope): ActingIn {
  return {
    tenantId: internal.tenant.id,
    actor: actorOf(internal.viewer, subgraph),
    caller: callerOf(internal.viewer, subgraph),
    causationId: causedBy?.id ?? internal.requestId,
    correlationId: causedBy?.correlationId ?? internal.requestId,
    traceparent: currentTraceparent() ?? internal.traceparent,
  };
}

/** Makes a value when it is first asked for, and keeps it. */
function lazily<T extends object>(target: object, name: string, value: T): T {
  Object.defineProperty(target, name, { value, enumerable: true });
  return value;
}
