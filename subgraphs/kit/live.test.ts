import 'reflect-metadata';
import { composeServices } from '@apollo/composition';
import { defineEvent } from '@haat/schema/event';
import { Kind, parse, type FieldDefinitionNode } from 'graphql';
import { Arg, Directive, Field, ID, ObjectType, Query, Resolver, Subscription } from 'type-graphql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Public } from './access.js';
import type { ClassOf } from './define.js';
import { Live, neverHere } from './live.js';
import { readLive, type LiveField } from './live-field.js';
import { buildFederatedSchema, type FederatedSchema } from './schema.js';

const levelChanged = defineEvent({ producer: 'stock', name: 'level-changed', version: 2, aggregate: 'level', description: 'A level moved.', payload: z.object({ vendorId: z.string() }) });

@Directive('@key(fields: "id")')
@ObjectType({ description: 'How much there is of something.' })
class Level {
  @Field(() => ID, { description: 'Names the level for good.' })
  id: string;
}

@Resolver()
class StockResolver {
  @Public()
  @Query(() => Level, { nullable: true, description: 'One level by its id.' })
  level(@Arg('id', () => ID) id: string): Level {
    return { id };
  }

  @Public()
  @Live({ event: levelChanged, match: { vendorId: 'payload.vendorId', lowOnly: 'payload.isLow' }, answer: 'level', by: { id: 'aggregate.id' }, grant: 'stock.read', coalesce: true })
  @Subscription(() => Level, { subscribe: neverHere, description: 'Each change of a level.' })
  levelChanged(@Arg('vendorId', () => ID) _vendorId: string, @Arg('lowOnly', () => Boolean, { nullable: true }) _lowOnly?: boolean): Level {
    return { id: 'never' };
  }
}

@ObjectType({ description: 'A word sent to somebody.' })
class Message {
  @Field(() => ID, { description: 'Names the message for good.' })
  id: string;
}

@Resolver()
class MessageResolver {
  @Public()
  @Query(() => Message, { nullable: true, description: 'One message by its id.' })
  message(@Arg('id', () => ID) id: string): Message {
    return { id };
  }

  @Public()
  @Live({ event: 'messages.sent.v1', match: { 'viewer.userId': 'payload.userId' }, answer: 'message', by: { id: 'payload.messageId' } })
  @Subscription(() => Message, { subscribe: neverHere, description: 'Each message as it arrives.' })
  messageArrived(): Message {
    return { id: 'never' };
  }
}

@Resolver()
class QuietResolver {
  @Public()
  @Query(() => String, { description: 'Nothing ever happens here.' })
  quiet(): string {
    return 'quiet';
  }
}

function federated(name: string, resolver: ClassOf): FederatedSchema {
  return buildFederatedSchema({ name, store: { kind: 'postgres' } as never, resolvers: [resolver] });
}

function liveFieldsOf(sdl: string): Record<string, LiveField | undefined> {
  const fields = parse(sdl).definitions.flatMap((d): readonly FieldDefinitionNode[] => (d.kind === Kind.OBJECT_TYPE_DEFINITION && d.name.value === 'Subscription' ? (d.fields ?? []) : []));
  return Object.fromEntries(fields.map((field) => [field.name.value, readLive(field)]));
}

const level = { event: 'stock.level-changed.v2', match: { vendorId: 'payload.vendorId', lowOnly: 'payload.isLow' }, answer: 'level', by: { id: 'aggregate.id' }, grant: 'stock.read', coalesce: true };
const message = { event: 'messages.sent.v1', match: { 'viewer.userId': 'payload.userId' }, answer: 'message', by: { id: 'payload.messageId' }, grant: undefined, coalesce: false };

describe('@Live', () => {
  it('is read back from the subgraph as it was declared', () => {
    expect(liveFieldsOf(federated('stock', StockResolver).sdl)).toEqual({ levelChanged: level });
  });

  it('survives composition, with its arguments, from two subgraphs and without a hint', () => {
    const services = [['stock', StockResolver], ['messages', MessageResolver], ['quiet', QuietResolver]] as const;
    const result = composeServices(services.map(([name, resolver]) => ({ name, url: `http://${name}`, typeDefs: federated(name, resolver).typeDefs })));
    expect(result.errors).toBeUndefined();
    expect(result.hints).toEqual([]);
    expect(liveFieldsOf(result.supergraphSdl ?? '')).toEqual({ levelChanged: level, messageArrived: message });
  });

  it('leaves a subgraph without live fields as it is', () => {
    expect(federated('quiet', QuietResolver).sdl).not.toContain('live');
    expect(readLive(undefined)).toBeUndefined();
  });

  it('refuses a pair that names no argument or no path', () => {
    const options = { event: 'a.b.v1', answer: 'a', by: {} };
    expect(() => Live({ ...options, match: { 'viewer.grants': 'payload.x' } })).toThrow(/argument's name or viewer.userId/);
    expect(() => Live({ ...options, match: { id: 'payload.x = y' } })).toThrow(/path in the event/);
  });
});
