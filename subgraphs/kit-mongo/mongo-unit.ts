import { subjectOf, type EventContract } from '@haat/schema/event';
import { platformTenantId } from '@haat/schema/ids';
import type { EmittedEvent } from '@haat/kit/context';
import { fixedId } from '@haat/kit/id';
import { invariant } from '@haat/kit/invariant';
import { TenantCollection, type MongoDoor } from './mongo-collection.js';
import type { MongoCore, Said } from './mongo-core.js';
import { envelopeOf } from '@haat/kit/outbox-envelope';
import type { Once } from './mongo-once.js';
import { embedded, outboxRow } from './mongo-outbox.js';
import type { ActingIn, UnitOfWork } from '@haat/kit/store';

/** What a unit shares with its parts in other tenants. */
interface Shared {
  readonly touched: Set<string>;
  primary?: string;
  wasRefused: boolean;
  readonly hooks: (() => void | Promise<void>)[];
}

/**
 * One unit of work: one document and its events, written at once. There is no transaction behind it: what was written
 * stays when `work` throws afterwards, so a verb writes last. A second document must be declared a follow-up.
 */
export class MongoUnit implements UnitOfWork<MongoDoor> {
  /** Emitted, and waiting for the document that carries them. */
  readonly staged: Said[] = [];
  readonly db: MongoDoor;

  constructor(private readonly core: MongoCore, readonly acting: ActingIn, readonly once?: Once, private readonly shared: Shared = { touched: new Set(), wasRefused: false, hooks: [] }) {
    this.db = { collection: (definition) => new TenantCollection(core, definition, acting.tenantId, this) };
  }

  async inTenant<T>(tenantId: string, work: (unit: MongoUnit) => Promise<T>): Promise<T> {
    invariant(this.acting.tenantId === platformTenantId, `A unit of work of ${this.acting.tenantId} cannot go on in ${tenantId}.`);
    const inner = new MongoUnit(this.core, { ...this.acting, tenantId }, this.once, this.shared);
    return this.core.scope.run({ tenantId }, async () => {
      const done = await work(inner);
      await inner.finish();
      return done;
    });
  }

  async emit<P>(contract: EventContract<P>, event: EmittedEvent<P>): Promise<void> {
    const said: Said = { envelope: envelopeOf(this.acting, contract, event, this.core.clock), subject: subjectOf(contract as EventContract, this.acting.tenantId) };
    const deciding = this.core.scope.getStore()?.saying;
    invariant(deciding ?? this.shared.primary === undefined, `${contract.key} was emitted after its document was written; emit before the write or in its decide.`);
    (deciding ?? this.staged).push(said);
  }

  afterCommit(work: () => void | Promise<void>): void {
    this.shared.hooks.push(work);
  }

  /** Runs a decision, and gathers what it emits. */
  async decided<X>(decide: () => X | Promise<X>): Promise<{ readonly value: X; readonly said: Said[] }> {
    const scope = this.core.scope.getStore();
    invariant(scope && scope.saying === undefined, 'A document cannot be written while another one is being decided.');
    const said: Said[] = [];
    const value = await this.core.scope.run({ ...scope, saying: said }, async () => decide());
    return { value, said };
  }

  /** Claims the right to write a document; a unit has one document, and each follow-up once. */
  claim(document: string, isFollowUp: boolean): void {
    invariant(!this.shared.touched.has(document), `${document} was written twice in one unit of work; decide both at once.`);
    invariant(isFollowUp || this.shared.primary === undefined, `${document} is the second document of a unit of work after ${this.shared.primary}; only a follow-up may be.`);
    this.shared.touched.add(document);
    if (!isFollowUp) this.shared.primary = document;
  }

  /** A write that did not happen leaves room for another. */
  unclaim(document: string): void {
    this.shared.touched.delete(document);
    if (this.shared.primary === document) this.shared.primary = undefined;
  }

  /** A follow-up may take back what a follow-up of the same unit put there: nothing remembers either. */
  undone(document: string): void {
    if (this.shared.primary !== document) this.shared.touched.delete(document);
  }

  /** A write that cannot happen: its events go nowhere, unless another document takes them. */
  refused(): void {
    this.shared.wasRefused = true;
  }

  /** A document that an earlier run of this unit wrote, with its events: they are not said again. */
  repeated(document: string, isFollowUp: boolean): void {
    this.claim(document, isFollowUp);
    if (!isFollowUp) this.staged.length = 0;
  }

  /** The events a document carries: its own, and for the document of the unit those emitted before. */
  eventsFor(said: readonly Said[], isFollowUp: boolean): readonly Said[] {
    return isFollowUp ? said : [...this.staged, ...said];
  }

  /** After a write: its events are in the database, in that collection or else in the outbox, and the relay may come. */
  carried(said: readonly Said[], isFollowUp: boolean, collection?: string): void {
    if (!isFollowUp) this.staged.length = 0;
    if (said.length > 0) this.core.wake(collection);
  }

  /** Writes events that no document carries: one alone, or a state said again. */
  async finish(): Promise<void> {
    if (this.staged.length === 0 || this.shared.wasRefused) return;
    const isSafe = this.staged.length === 1 || this.staged.every(({ envelope }) => envelope.republished === true);
    invariant(isSafe, `${this.staged.length} events were emitted without a document to carry them; they could not be kept together.`);
    const now = this.core.clock.now();
    const rows = embedded(this.staged.map((said, n) => this.named(said, n)), now).map((event) => outboxRow(event, this.acting.tenantId, now));
    await this.core.outbox.bulkWrite(rows.map(({ _id, ...row }) => ({ updateOne: { filter: { _id }, update: { $setOnInsert: row }, upsert: true } })));
    this.carried(this.staged, false);
  }

  /** What waited for the commit. A failure is logged: the write stands. */
  async committed(): Promise<void> {
    for (const hook of this.shared.hooks) {
      await Promise.resolve().then(hook).catch((error: unknown) => this.core.log.error({ err: error }, 'Work after a commit failed.'));
    }
  }

  /** Where no document remembers it, an event of a consumer is known by an id that a second run makes again. */
  private named({ envelope, subject }: Said, n: number): Said {
    return this.once ? { subject, envelope: { ...envelope, id: fixedId('evt', `${this.once.key}:${n}`) } } : { envelope, subject };
  }
}
