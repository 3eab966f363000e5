import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Refusal, type RefusalCode } from '@haat/kit/refusal';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Admission } from '../admission.js';
import type { DoorRequest } from '../door-message.js';
import { eventStreams } from './event-streams.js';
import type { Feed, FeedSink } from './feed.js';
import { liveLimits } from './live-limits.js';
import type { Live } from './live.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each<[RefusalCode, number]>([['DEADLINE_EXCEEDED', 0], ['SUBGRAPH_UNAVAILABLE', 0], ['FORBIDDEN', 1], ['UNAUTHENTICATED', 1]])('a stream whose rights are answered by %s is ended %i times', async (code, times) => {
  const end = vi.fn();
  const feed = { end, cursor: 'c', run: async () => undefined, stop: () => undefined } as unknown as Feed;
  const admit = vi.fn(async () => ({ internal: {} }));
  const leave = (): void => undefined;
  const streams = eventStreams({ live: { open: async () => feed } as unknown as Live, admission: { admit } as unknown as Admission, counts: { enter: () => leave, identify: () => leave } });
  const { stream } = await streams.subscribe({ clientAddress: '' } as DoorRequest, { asked: {}, isHeld: false }, 'req_1');
  const outgoing = Object.assign(new EventEmitter(), { destroyed: false, write: () => true });
  stream?.(outgoing as unknown as ServerResponse);
  admit.mockRejectedValue(new Refusal(code, 'No.'));
  await vi.advanceTimersByTimeAsync(liveLimits.rightsMs);
  outgoing.emit('close');
  expect(end).toHaveBeenCalledTimes(times);
});

it('a stream that is often full leaves no listener behind', async () => {
  let sink: FeedSink | undefined;
  const feed = { cursor: 'c', run: async () => undefined, stop: () => undefined } as unknown as Feed;
  const open = async (_: unknown, __: unknown, given: FeedSink): Promise<Feed> => {
    sink = given;
    return feed;
  };
  const leave = (): void => undefined;
  const streams = eventStreams({ live: { open } as unknown as Live, admission: { admit: async () => ({ internal: {} }) } as unknown as Admission, counts: { enter: () => leave, identify: () => leave } });
  const { stream } = await streams.subscribe({ clientAddress: '' } as DoorRequest, { asked: {}, isHeld: false }, 'req_1');
  const outgoing = Object.assign(new EventEmitter(), { destroyed: false, write: () => true, writableLength: liveLimits.unsentBytesMax });
  stream?.(outgoing as unknown as ServerResponse);
  const listeners = (): number => outgoing.eventNames().reduce((sum, name) => sum + outgoing.listenerCount(name), 0);
  const before = listeners();
  for (let n = 0; n < 3; n += 1) {
    const room = sink?.next('{}', 'c');
    outgoing.emit('drain');
    await room;
  }
  expect(listeners()).toBe(before);
  outgoing.emit('close');
});
