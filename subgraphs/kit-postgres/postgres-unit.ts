import { platformTenantId } from '@haat/schema/ids';
import type { EventContract } from '@haat/schema/event';
import type { EntityManager } from 'typeorm';
import type { Clock } from '@haat/kit/clock';
import type { EmittedEvent } from '@haat/kit/context';
import { invariant } from '@haat/kit/invariant';
import { envelopeOf } from '@haat/kit/outbox-envelope';
import type { PostgresDoor } from './postgres-door.js';
import { setTenantLocally } from './postgres-pool.js';
import { unsaidEventsOf } from './unsaid-events.js';
import type { ActingIn, UnitOfWork } from '@haat/kit/store';

/** What all tenants of one transaction share. */
interface Shared {
  readonly clock: Clock;
  readonly inTenant: PostgresDoor['inTenant'];
  /** Lets an event in, or refuses: outbox-gate.ts. */
  readonly admit: () => void;
  readonly hooks: (() => void | Promise<void>)[];
  hasEmitted: boolean;
  isElsewhere: boolean;
  /** Why it must not be committed, though its caller caught what went wrong. */
  failure?: unknown;
}

/** A transaction in progress, seen from one tenant. */
export class PostgresUnit implements UnitOfWork<EntityManager> {
  constructor(readonly db: EntityManager, private readonly acting: ActingIn, readonly shared: Shared) {}

  async emit<P>(contract: EventContract<P>, event: EmittedEvent<P>): Promise<void> {
    this.shared.admit();
    this.shared.hasEmitted = true;
    await unsaidEventsOf(this.db).add(envelopeOf(this.acting, contract, event, this.shared.clock), contract.key);
  }

  afterCommit(work: () => void | Promise<void>): void {
    this.shared.hooks.push(work);
  }

  async inTenant<T>(tenantId: string, work: (unit: PostgresUnit) => Promise<T>): Promise<T> {
    invariant(this.acting.tenantId === platformTenantId, `A transaction of ${this.acting.tenantId} cannot go on in ${tenantId}.`);
    // One connection has one tenant: two at once would see each other's rows.
    invariant(!this.shared.isElsewhere, 'A transaction goes into other tenants one after the other.');
    this.shared.isElsewhere = true;
    const unsaid = unsaidEventsOf(this.db);
    try {
      // What was said here belongs to this tenant, and only its own connection writes it.
      await unsaid.write();
      await this.db.query(setTenantLocally, [tenantId]);
      return await this.shared.inTenant(tenantId, () => work(new PostgresUnit(this.db, { ...this.acting, tenantId }, this.shared)));
    } finally {
      await unsaid.write().catch((error: unknown) => (this.shared.failure ??= error));
      // Where this fails the transaction has failed, and a savepoint gone back to brings its own tenant back.
      await this.db.query(setTenantLocally, [this.acting.tenantId]).catch(() => undefined);
      this.shared.isElsewhere = false;
    }
  }
}
