import { once } from 'node:events';
import { eventually } from '@haat/kit/testing/eventually';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { liveRig, type LiveRig } from '../testing/live-rig.js';

const subscribe = (id: string, query = '{ titles }') => ({ type: 'subscribe', id, payload: { query } });

describe('a socket whose operations are completed before they are answered', () => {
  let rig: LiveRig;
  let socket: WebSocket;
  let heard: Record<string, unknown>[];
  /** Levels that were asked for; none is answered before this is resolved. */
  let asked: number;
  let held: PromiseWithResolvers<void>;

  beforeEach(async () => {
    rig = await liveRig({ config: { LIVE_SUBSCRIPTIONS_PER_SOCKET: 5 } });
    [asked, held, heard] = [0, Promise.withResolvers(), []];
    rig.live.beforeLevel = () => {
      asked += 1;
      return held.promise;
    };
    socket = new WebSocket(`${rig.gateway.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    socket.on('message', (data) => void heard.push(JSON.parse(String(data)) as Record<string, unknown>));
    await once(socket, 'open');
    say({ type: 'connection_init', payload: { 'x-haat-tenant': 'acme', authorization: await rig.person('usr_m', ['v1']) } });
    await eventually(() => heard.some(({ type }) => type === 'connection_ack'));
  });
  afterEach(async () => {
    held.resolve();
    socket.terminate();
    await rig.close();
  });
  const say = (message: object): void => socket.send(JSON.stringify(message));

  it('does no work for what is completed as soon as it is asked, two thousand times, and answers what is not', async () => {
    for (let n = 0; n < 2_000; n += 1) {
      say(subscribe(`q${n}`, n % 2 === 0 ? '{ level(id: "slow") { count } }' : 'subscription { messageArrived { id } }'));
      say({ type: 'complete', id: `q${n}` });
    }
    // One that was not completed is answered, which is after those that were asked before it.
    let tries = 0;
    await eventually(() => {
      say(subscribe(`last${tries += 1}`));
      return heard.some(({ type, id }) => type === 'next' && String(id).startsWith('last'));
    });
    expect(asked).toBeLessThan(10);
    expect(heard.filter(({ id, type }) => type === 'next' && String(id).startsWith('q'))).toEqual([]);
  });

  it('asks for no more at once than it may, though what is asked is completed meanwhile', async () => {
    for (let n = 0; n < 5; n += 1) {
      say(subscribe(`w${n}`, `subscription { levelWatched(id: "w${n}") { count } }`));
      await eventually(() => asked === n + 1);
      say({ type: 'complete', id: `w${n}` });
    }
    say(subscribe('more'));
    await eventually(() => JSON.stringify(heard).includes('subscriptionsPerSocket'));
  });
});
