import { streamOf, subjectOf } from '@haat/schema/event';
import { Events, type NatsConnection } from 'nats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '@haat/kit/id';
import { natsPermissionsOf } from '@haat/kit/nats-permissions';
import { streamConfigOf } from './streams.js';
import { eventually } from '@haat/kit/testing/eventually';
import { thingChanged } from './testing/thing-events.js';
import { testNats, type TestNats } from '@haat/kit/testing/nats';

const own = { ...thingChanged, producer: 'other', key: 'other.thing-changed.v1' };

describe('A subgraph at the broker', () => {
  let nats: TestNats;
  let connection: NatsConnection;
  let admin: NatsConnection;
  const violations: string[] = [];

  beforeAll(async () => {
    nats = await testNats([{ name: 'other', ...natsPermissionsOf({ name: 'other', says: [own] }) }]);
    const links = [await nats.link('other'), await nats.link()];
    [connection, admin] = await Promise.all(links.map((link) => eventually(() => link.connection))) as [NatsConnection, NatsConnection];
    await (await admin.jetstreamManager()).streams.add(streamConfigOf('sayer'));
    void (async () => {
      for await (const { type, permissionContext } of connection.status()) if (type === Events.Error) violations.push(`${permissionContext?.operation} ${permissionContext?.subject}`);
    })();
  });
  afterAll(() => nats?.close());

  test('makes its own stream and says its own events', async () => {
    const { streams } = await connection.jetstreamManager({ checkAPI: false });
    await streams.add(streamConfigOf('other'));
    expect(await connection.jetstream().publish(subjectOf(own, newId('ten')), '{}')).toMatchObject({ stream: streamOf('other'), seq: 1 });
  });

  test.each([
    [subjectOf(thingChanged, newId('ten'))], ['asks.tenants.resolve.v1'], [`$JS.API.STREAM.DELETE.${streamOf('other')}`], [`$JS.API.STREAM.DELETE.${streamOf('sayer')}`],
    [`$JS.API.STREAM.CREATE.${streamOf('mine')}`], [`$JS.API.STREAM.UPDATE.${streamOf('sayer')}`], [`$JS.API.STREAM.PURGE.${streamOf('sayer')}`], [`$JS.API.STREAM.MSG.DELETE.${streamOf('sayer')}`],
    [`$JS.API.STREAM.MSG.GET.${streamOf('sayer')}`], [`$JS.API.DIRECT.GET.${streamOf('sayer')}`], [`$JS.API.CONSUMER.DURABLE.CREATE.${streamOf('sayer')}.other`],
    [`$JS.API.CONSUMER.CREATE.${streamOf('sayer')}.other.events.sayer.>`], [`$JS.API.CONSUMER.DELETE.${streamOf('sayer')}.hearer`], [`$JS.API.STREAM.LIST`], ['_INBOX_sayer.x'], ['$SYS.REQ.SERVER.PING'],
  ])('[SEC-09] may not publish to %s', async (subject) => {
    connection.publish(subject, '{}');
    await eventually(() => violations.includes(`publish ${subject}`));
  });

  test.each([['>'], ['events.>'], [subjectOf(own, '*')], ['asks.>'], ['_INBOX_sayer.>'], ['_INBOX.>'], ['$JS.>']])('[SEC-09] may not subscribe to %s', async (subject) => {
    connection.subscribe(subject);
    await eventually(() => violations.includes(`subscription ${subject}`));
  });

  test('does not delete nor purge even its own events', async () => {
    const { streams } = await admin.jetstreamManager();
    await expect(streams.purge(streamOf('other'))).rejects.toThrow(/purge/);
    await expect(streams.deleteMessage(streamOf('other'), 1)).rejects.toThrow(/delete/);
  });

  test('is not let in without its password', async () => {
    const { connect } = await import('nats');
    const servers = new URL(nats.url).host;
    await expect(connect({ servers, reconnect: false })).rejects.toThrow(/Authorization/i);
    await expect(connect({ servers, user: 'other', pass: 'guess', reconnect: false })).rejects.toThrow(/Authorization/i);
  });
});
