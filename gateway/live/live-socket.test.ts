import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { describe, expect, it } from 'vitest';
import type { DoorRequest } from '../door-message.js';
import type { LiveServerParts } from './live-server.js';
import { LiveSocket } from './live-socket.js';

/** The wire's end of a socket, and what was said to it. */
class Wire extends EventEmitter {
  readonly bufferedAmount = 0;
  readonly pings: string[] = [];
  readonly reasons: string[] = [];
  isTerminated = false;

  ping(data?: unknown): void {
    this.pings.push(String(data ?? ''));
  }

  close(_: number, reason: string | Uint8Array): void {
    this.reasons.push(Buffer.from(reason).toString());
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

describe('a socket', () => {
  const over = (): { readonly wire: Wire; readonly socket: LiveSocket } => {
    const wire = new Wire();
    const parts = { log: { info: () => undefined } } as unknown as LiveServerParts;
    const socket = new LiveSocket(parts, wire as unknown as WebSocket, { headers: {} } as DoorRequest, () => undefined);
    return { wire, socket };
  };

  it('is kept by a pong that answers the last ping, and by no other', () => {
    const { wire, socket } = over();
    for (let n = 0; n < 3; n += 1) {
      socket.ping();
      wire.emit('pong', Buffer.from(wire.pings.at(-1) ?? ''));
    }
    expect([wire.pings.length, wire.isTerminated]).toEqual([3, false]);
    socket.ping();
    wire.emit('pong', Buffer.alloc(0));
    wire.emit('pong', Buffer.from(wire.pings[0] ?? ''));
    socket.ping();
    expect(wire.isTerminated).toBe(true);
    wire.emit('close');
  });

  it.each<[string, string]>([
    ['x'.repeat(200), 'x'.repeat(123)], ['字'.repeat(60), '字'.repeat(41)], [`a${'😀'.repeat(60)}`, `a${'😀'.repeat(30)}`], ['short', 'short'],
  ])('is closed for as much of a reason as a frame holds: %s', (reason, told) => {
    const { wire, socket } = over();
    socket.close(1012, reason);
    expect(wire.reasons).toEqual([told]);
    wire.emit('close');
  });
});
