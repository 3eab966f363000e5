import { setTimeout as pause } from 'node:timers/promises';
import { invariant } from '@haat/kit/invariant';
import type { Stored } from './define-collection.js';
import type { TenantCollection, WriteOptions, Written } from './mongo-collection.js';
import type { MongoCore, Said } from './mongo-core.js';
import { ownFields, readDocument } from './mongo-document.js';
import { uniquely, type Duplicate } from './mongo-duplicate.js';
import { dropCoveredMarks, isMarked } from './mongo-once.js';
import { embedded } from './mongo-outbox.js';
import type { RawDocument } from './mongo-raw.js';
import { ofTenant } from './mongo-where.js';
import { unavailable } from '@haat/kit/refusal';

/** How often a lost race is run again, and how long it waits before it at most, in milliseconds. */
export const conflictTriesMax = 25;
const pauseMsMax = 250;

/** What a decision answers: the document as it should be, or undefined to leave it. */
export type Decide<T> = T | undefined | Promise<T | undefined>;

/** Another writer was first, and what was loaded is no longer so: the transaction runs again. */
export class LostRace extends Error {
  override readonly name = 'LostRace';
}

/** The attempts at something that others race for, with growing random pauses between them; then refuses. */
export async function* attempts(what: string): AsyncGenerator<number> {
  for (let attempt = 0; attempt < conflictTriesMax; attempt += 1) {
    if (attempt > 0) await pause(Math.random() * Math.min(pauseMsMax, 4 * 2 ** attempt));
    yield attempt;
  }
  throw unavailable(what);
}

/** Inserts; where the unit happens once, a repeat answers what the first one inserted. */
export async function insert<T extends object>(at: TenantCollection<T>, document: T & { readonly _id: string }, options: WriteOptions): Promise<{ readonly document: Stored<T> } | Duplicate> {
  const { unit, definition, tenantId } = at;
  const isFollowUp = options.followUp ?? false;
  const { said } = await unit.decided(async () => options.saying?.());
  invariant(typeof document._id === 'string' && document._id !== '', `A document of ${definition.name} has no id.`);
  const own = ownFields(definition, document, { _id: document._id, tenantId });
  unit.claim(`${definition.name} ${document._id}`, isFollowUp);
  const events = unit.eventsFor(said, isFollowUp);
  checkVersions(events, document._id, 1);
  const now = at.core.clock.now();
  const raw: RawDocument = { ...own, _id: document._id, tenantId, version: 1, createdAt: now, updatedAt: now, outbox: embedded(events, now), ...(events.length > 0 && { outboxAt: now }), ...onceFields(at, isFollowUp) };
  const result = await uniquely(() => at.raw.insertOne(raw), () => takenKey(at, raw));
  if (result && 'duplicate' in result) {
    const earlier = await insertedBefore(at, raw, result);
    unit.unclaim(`${definition.name} ${document._id}`);
    if (earlier) return again(at, earlier, isFollowUp);
    unit.refused();
    return result;
  }
  unit.carried(events, isFollowUp, definition.name);
  return { document: readDocument(definition, raw) };
}

/** Loads, decides and saves until nobody was in between. */
export async function change<T extends object>(at: TenantCollection<T>, id: string, decide: (current: Stored<T> | undefined) => Decide<T>, options: WriteOptions, mode: { readonly inserting?: boolean } = {}): Promise<Written<T>> {
  const { unit, definition } = at;
  for await (const _ of attempts(`${definition.name} ${id}`)) {
    const raw = await load(at, id);
    if (raw && isMarked(raw, unit.once)) return again(at, raw, options.followUp ?? false);
    if (!raw && !mode.inserting) return { missing: true };
    const current = raw && readDocument(definition, raw);
    const { value, said } = await unit.decided(() => decide(current));
    if (value === undefined) {
      invariant(said.length === 0, `${definition.name} ${id} was left as it is, and yet an event was emitted of it.`);
      return current ? { document: current } : { missing: true };
    }
    if (raw) {
      const written = await write(at, raw, { next: value, said, isFollowUp: options.followUp ?? false });
      if (written !== 'lost') return written;
    } else {
      const inserted = await insert(at, { ...value, _id: id }, { ...options, saying: async () => void saidAgain(at, said) });
      if (!('duplicate' in inserted && inserted.duplicate === '_id_') || (await isOthers(at, id))) return inserted;
    }
  }
  throw unavailable(definition.name);
}

/** Saves what was loaded before, or asks for the whole transaction again. */
export async function save<T extends object>(at: TenantCollection<T>, document: Stored<T>, options: WriteOptions): Promise<Written<T>> {
  const { unit, definition } = at;
  const raw = await load(at, document._id);
  if (!raw) return { missing: true };
  if (isMarked(raw, unit.once)) return again(at, raw, options.followUp ?? false);
  if (raw.version !== document.version) throw new LostRace(`${definition.name} ${document._id}`);
  const { said } = await unit.decided(async () => options.saying?.());
  const written = await write(at, raw, { next: document, said, isFollowUp: options.followUp ?? false });
  if (written === 'lost') throw new LostRace(`${definition.name} ${document._id}`);
  return written;
}

/** Removes: at once where no event waits in the document, else as soon as its events have left it. */
export async function remove<T extends object>(at: TenantCollection<T>, id: string, options: WriteOptions): Promise<boolean> {
  const { unit, definition, tenantId } = at;
  const isFollowUp = options.followUp ?? false;
  const { said } = await unit.decided(async () => options.saying?.());
  for await (const _ of attempts(`${definition.name} ${id}`)) {
    const raw = await load(at, id);
    if (!raw) return false;
    const events = unit.eventsFor(said, isFollowUp);
    if (isFollowUp) unit.undone(`${definition.name} ${id}`);
    unit.claim(`${definition.name} ${id}`, isFollowUp);
    const stamp = stampAfter(at.core, raw);
    const same = { _id: id, version: raw.version, ...ofTenant(tenantId) };
    const isGone = events.length === 0 && (await at.raw.deleteOne({ ...same, outboxAt: { $exists: false } }));
    const update = { $set: { removedAt: stamp, updatedAt: stamp }, $inc: { version: 1 }, $min: { outboxAt: stamp }, $push: { outbox: { $each: embedded(events, stamp) } } };
    if (isGone || (await at.raw.updateOne(same, update as never))) {
      unit.carried(events, isFollowUp, definition.name);
      return true;
    }
    unit.unclaim(`${definition.name} ${id}`);
  }
  return false;
}

/** Whether an id that is taken is another tenant's; else it is a writer's who was first, or of a document about to go. */
async function isOthers<T extends object>(at: TenantCollection<T>, id: string): Promise<boolean> {
  const standing = await at.raw.findOne({ _id: id }, { projection: { tenantId: 1 } });
  return standing !== undefined && standing.tenantId !== at.tenantId;
}

/** What an earlier run of the same unit wrote. */
function again<T extends object>(at: TenantCollection<T>, raw: RawDocument, isFollowUp: boolean): { readonly document: Stored<T> } {
  at.unit.repeated(`${at.definition.name} ${raw._id}`, isFollowUp);
  return { document: readDocument(at.definition, raw) };
}

/** An id that is no text would be read as a condition. */
async function load<T extends object>(at: TenantCollection<T>, id: string): Promise<RawDocument | undefined> {
  return typeof id === 'string' ? at.raw.findOne({ _id: id, ...ofTenant(at.tenantId) }) : undefined;
}

interface Change<T> {
  readonly next: T;
  readonly said: readonly Said[];
  readonly isFollowUp: boolean;
}

async function write<T extends object>(at: TenantCollection<T>, raw: RawDocument, { next, said, isFollowUp }: Change<T>): Promise<Written<T> | 'lost'> {
  const { unit, definition, tenantId } = at;
  const { _id, version } = raw;
  const events = unit.eventsFor(said, isFollowUp);
  checkVersions(events, _id, version + 1);
  const own = ownFields(definition, next, { _id, tenantId });
  const stamp = stampAfter(at.core, raw);
  unit.claim(`${definition.name} ${_id}`, isFollowUp);
  if (unit.once) await dropCoveredMarks(at.raw, at.core.inbox, raw);
  const update = updateOf(at, raw, own, embedded(events, stamp), stamp);
  const result = await uniquely(() => at.raw.updateOne({ _id, version, ...ofTenant(tenantId) }, update as never), () => takenKey(at, { ...raw, ...own }));
  if (result === true) {
    unit.carried(events, isFollowUp, definition.name);
    return { document: readDocument(definition, { ...own, _id, tenantId, version: version + 1, createdAt: raw.createdAt, updatedAt: stamp, outbox: [] }) };
  }
  unit.unclaim(`${definition.name} ${_id}`);
  if (result === false) return 'lost';
  unit.refused();
  return result;
}

function updateOf<T extends object>(at: TenantCollection<T>, raw: RawDocument, own: Record<string, unknown>, events: readonly object[], stamp: Date): object {
  const dropped = [...at.definition.fields].filter((field) => !(field in own) && field in raw);
  const mark = markOf(at);
  const pushed = { ...(events.length > 0 && { outbox: { $each: events } }), ...(mark && { applied: { $each: [mark] } }) };
  return {
    $set: { ...own, updatedAt: stamp },
    $inc: { version: 1 },
    ...(events.length > 0 && { $min: { outboxAt: stamp } }),
    ...(dropped.length > 0 && { $unset: Object.fromEntries(dropped.map((field) => [field, ''])) }),
    ...(Object.keys(pushed).length > 0 && { $push: pushed }),
  };
}

/** Later than the document's last change, so that its events keep their order when a clock goes back. */
function stampAfter(core: MongoCore, raw: RawDocument): Date {
  return new Date(Math.max(core.clock.now().getTime(), raw.updatedAt.getTime() + 1));
}

function checkVersions(events: readonly Said[], id: string, version: number): void {
  for (const { envelope } of events) {
    const isRight = envelope.aggregate.id !== id || envelope.aggregate.version === version;
    invariant(isRight, `${envelope.type} says version ${envelope.aggregate.version} of ${id}, which is written as ${version}.`);
  }
}

function saidAgain<T extends object>(at: TenantCollection<T>, said: readonly Said[]): void {
  at.core.scope.getStore()?.saying?.push(...said);
}

function markOf<T extends object>(at: TenantCollection<T>): { by: string; version: number } | undefined {
  const { once } = at.unit;
  return once && { by: once.by, version: once.version };
}

function onceFields<T extends object>(at: TenantCollection<T>, isFollowUp: boolean): Partial<RawDocument> {
  const mark = markOf(at);
  if (!mark || !at.unit.once) return {};
  return isFollowUp ? { applied: [mark] } : { applied: [mark], once: at.unit.once.key };
}

/** The document that an earlier run of the same unit inserted, if that is what stands in the way. */
async function insertedBefore<T extends object>(at: TenantCollection<T>, raw: RawDocument, { duplicate }: Duplicate): Promise<RawDocument | undefined> {
  const { once } = at.unit;
  if (!once) return undefined;
  const standing = duplicate === '_id_' ? { _id: raw._id } : { once: once.key };
  const found = await at.raw.findOne({ ...standing, tenantId: at.tenantId });
  return found && isMarked(found, once) ? found : undefined;
}

/** Which unique key of a document another one has, where the server did not say. */
async function takenKey<T extends object>(at: TenantCollection<T>, raw: RawDocument): Promise<string | undefined> {
  const declared = at.definition.indexes.filter(({ unique, whenSet }) => unique && (whenSet === undefined || valueAt(raw, whenSet) !== undefined)).map(({ name, keys }) => ({ name, keys: Object.keys(keys) }));
  for (const { name, keys } of [...declared, { name: 'kitOnce', keys: raw.once === undefined ? [] : ['once'] }]) {
    const values = keys.map((key) => [key, { $eq: valueAt(raw, key) ?? null }]);
    const isTaken = keys.length > 0 && (await at.raw.findOne({ ...Object.fromEntries(values), tenantId: raw.tenantId, _id: { $ne: raw._id } }));
    if (isTaken) return name;
  }
  return undefined;
}

function valueAt(document: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined), document);
}
