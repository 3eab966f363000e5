import { transport } from '@haat/transport-client/transport';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { liveLevels } from './subscriptions.js';

interface Said {
  readonly type: string;
  readonly id?: string;
}

/** A door that says what a test has it say. */
class ScriptedSocket {
  static readonly opened: ScriptedSocket[] = [];
  readonly readyState = 1;
  readonly said: Said[] = [];
  onopen?: () => void;
  onmessage?: (event: { readonly data: string }) => void;
  onclose?: (event: { readonly code: number; readonly reason: string }) => void;

  constructor() {
    ScriptedSocket.opened.push(this);
  }

  send(text: string): void {
    this.said.push(JSON.parse(text) as Said);
  }

  close(): void {}

  tell(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  async enter(): Promise<void> {
    this.onopen?.();
    await vi.advanceTimersByTimeAsync(0);
    this.tell({ type: 'connection_ack' });
  }

  get subscribed(): readonly (string | undefined)[] {
    return this.said.filter(({ type }) => type === 'subscribe').map(({ id }) => id);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  ScriptedSocket.opened.length = 0;
});

it('begins an operation that ended once, when its socket breaks before it is begun again', async () => {
  const door = transport({ url: 'http://door.test/graphql', WebSocket: ScriptedSocket as unknown as typeof WebSocket });
  const feed = door.live(liveLevels, { vendorId: 'v1' });
  const [first] = ScriptedSocket.opened;
  await first?.enter();
  // The operation waits long, the socket not at all.
  vi.spyOn(Math, 'random').mockReturnValueOnce(1).mockReturnValue(0);
  first?.tell({ type: 'error', id: first.subscribed[0], payload: [{ message: 'Later.', extensions: { code: 'SUBGRAPH_UNAVAILABLE', cursor: 'c1' } }] });
  first?.onclose?.({ code: 1012, reason: '' });
  await vi.advanceTimersByTimeAsync(0);
  const second = ScriptedSocket.opened[1];
  await second?.enter();
  expect(second?.subscribed).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(second?.subscribed).toHaveLength(1);
  second?.tell({ type: 'next', id: second.subscribed[0], payload: { data: null, extensions: { cursor: 'c2' } } });
  expect(await feed.next()).toMatchObject({ value: { cursor: 'c2' } });
  door.close();
});
