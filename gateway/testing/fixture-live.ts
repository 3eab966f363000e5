import { newId } from '@haat/kit/id';
import { holdsGrant } from '@haat/kit/identity';
import { liveDefinition } from '@haat/kit/live';
import type { NatsLink } from '@haat/kit/nats';
import { forbidden } from '@haat/kit/refusal';
import { DiscardPolicy, nanos, RetentionPolicy, StorageType, type JetStreamClient } from 'nats';
import type { FixtureContext, FixtureDefinition } from './fixture-subgraphs.js';

const federation = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@composeDirective"])';

/** A shelf as its subgraph knows it. */
export interface FixtureLevel {
  readonly id: string;
  readonly tenantId: string;
  readonly vendorId: string;
  readonly count: number;
}

/** Two subgraphs with live fields: `stock` owns levels and messages, `titles` adds a title to each level. */
export interface FixtureLive {
  readonly definitions: readonly FixtureDefinition[];
  /** By tenant and id, as they are now. */
  readonly levels: Map<string, FixtureLevel>;
  /** How often a level was answered. */
  readonly answered: { levels: number; titles: number };
  /** Runs before a level is answered. */
  beforeLevel?: () => Promise<void> | void;
}

/** Makes it, with no level in it. */
export function fixtureLive(): FixtureLive {
  const live: FixtureLive = { definitions: [], levels: new Map(), answered: { levels: 0, titles: 0 } };
  return Object.assign(live, { definitions: [stock(live), titles(live)] });
}

function stock(live: FixtureLive): FixtureDefinition {
  return {
    name: 'stock',
    sdl: `${federation} ${liveDefinition}
      type Level @key(fields: "id") { id: ID!  vendorId: ID!  count: Int!  askedBy: String }
      type Message { id: ID!  userId: ID! }
      type Query { level(id: ID!): Level  message(id: ID!): Message }
      type Mutation { nothing: Boolean }
      type Subscription {
        levelChanged(vendorId: ID!, lowOnly: Boolean, after: String): Level! @live(event: "stock.level-changed.v1", match: ["vendorId = payload.vendorId", "lowOnly = payload.isLow"], answer: "level", by: ["id = aggregate.id"], grant: "stock.manage")
        levelsCoalesced(vendorId: ID!, after: String): Level! @live(event: "stock.level-changed.v1", match: ["vendorId = payload.vendorId"], answer: "level", by: ["id = aggregate.id"], grant: "stock.manage", coalesce: true)
        levelWatched(id: ID!, after: String): Level! @live(event: "stock.level-changed.v1", match: ["id = aggregate.id"], answer: "level", by: ["id = aggregate.id"])
        messageArrived(after: String): Message! @live(event: "stock.message-sent.v1", match: ["viewer.userId = payload.userId"], answer: "message", by: ["id = aggregate.id"])
      }`,
    resolvers: {
      Query: {
        level: async (_: unknown, { id }: { id: string }, { internal }: FixtureContext) => {
          await live.beforeLevel?.();
          live.answered.levels += 1;
          const level = live.levels.get(`${internal?.tenant.id} ${id}`);
          return level && internal && holdsGrant(internal.viewer, 'stock.manage', level.vendorId) ? { ...level, askedBy: () => internal.viewer.userId ?? null } : null;
        },
        message: (_: unknown, { id }: { id: string }, { internal }: FixtureContext) => {
          if (!internal?.viewer.userId) throw forbidden();
          return { id, userId: internal.viewer.userId };
        },
      },
      Mutation: { nothing: () => true },
    },
  };
}

function titles(live: FixtureLive): FixtureDefinition {
  return {
    name: 'titles',
    sdl: `${federation} type Level @key(fields: "id") { id: ID!  title: String }  type Query { titles: Int }`,
    resolvers: {
      Level: { __resolveReference: ({ id }: { id: string }) => {
        live.answered.titles += 1;
        return { id, title: `Shelf ${id}` };
      } },
      Query: { titles: () => live.answered.titles },
    },
  };
}

/** Says what the fixture's subgraphs would say, as their relay does. */
export interface FixtureSayer {
  /** Changes a level and says so; answers the event's id. */
  changeLevel(tenantId: string, level: Pick<FixtureLevel, 'id' | 'vendorId' | 'count'>, more?: SaidMore): Promise<string>;
  sendMessage(tenantId: string, messageId: string, userId: string, more?: SaidMore): Promise<string>;
}

/** What else an event says of itself. */
export interface SaidMore {
  readonly id?: string;
  readonly occurredAt?: string;
  readonly republished?: boolean;
  /** Without one the broker does not know the event again. */
  readonly msgID?: string;
}

/** Makes the stream of `stock`, as its relay would. */
export async function makeStream(nats: NatsLink, maxAgeMs = 14 * 86_400_000): Promise<void> {
  const manager = await nats.connection?.jetstreamManager();
  await manager?.streams.add({
    name: 'EVENTS_stock', subjects: ['events.stock.>'], storage: StorageType.File, retention: RetentionPolicy.Limits, discard: DiscardPolicy.New,
    max_age: nanos(maxAgeMs), duplicate_window: nanos(Math.min(120_000, maxAgeMs)), allow_direct: true,
  });
}

/** Makes it. Each waits until the broker has the event. */
export function fixtureSayer(nats: NatsLink, live: FixtureLive): FixtureSayer {
  let version = 0;
  const jetstream = (): JetStreamClient => {
    if (!nats.connection) throw new Error('The broker was never there.');
    return nats.connection.jetstream({ timeout: 1_000 });
  };
  const say = async (name: string, tenantId: string, aggregate: { type: string; id: string }, payload: object, more: SaidMore = {}): Promise<string> => {
    const id = more.id ?? newId('evt');
    version += 1;
    const envelope = {
      id, type: `stock.${name}`, version: 1, tenantId, aggregate: { ...aggregate, version }, occurredAt: more.occurredAt ?? new Date().toISOString(),
      actor: 'system:stock', ...(more.republished && { republished: true }), payload,
    };
    await jetstream().publish(`events.stock.${name}.v1.${tenantId}`, JSON.stringify(envelope), { msgID: more.msgID ?? id });
    return id;
  };
  return {
    changeLevel(tenantId, level, more) {
      live.levels.set(`${tenantId} ${level.id}`, { ...level, tenantId });
      return say('level-changed', tenantId, { type: 'level', id: level.id }, { vendorId: level.vendorId, isLow: level.count < 5 }, more);
    },
    sendMessage: (tenantId, messageId, userId, more) => say('message-sent', tenantId, { type: 'message', id: messageId }, { userId }, more),
  };
}
