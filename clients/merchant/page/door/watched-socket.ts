/** What happens to a socket, as the page wants to know it. */
export type SocketNews = 'open' | 'lost' | 'begun';

interface Heard {
  readonly type?: string;
  readonly id?: string;
  readonly payload?: { readonly cursors?: Readonly<Record<string, unknown>> };
}

/**
 * A WebSocket that tells what happens to it while another uses it: let in by the door, lost, and each live operation that has
 * begun (its first cursor or payload on this socket). What changed before that moment must be asked for.
 */
export function watchedSocket(tell: (news: SocketNews) => void): typeof WebSocket {
  return class WatchedSocket extends WebSocket {
    private isOver = false;
    private readonly begun = new Set<string>();

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => this.hear(JSON.parse(String(data)) as Heard));
      this.addEventListener('close', () => this.end());
    }

    override close(code?: number, reason?: string): void {
      this.end();
      super.close(code, reason);
    }

    private hear({ type, id, payload }: Heard): void {
      if (type === 'connection_ack') tell('open');
      const ids = type === 'ping' ? Object.keys(payload?.cursors ?? {}) : type === 'next' && id !== undefined ? [id] : [];
      const isNew = ids.some((one) => !this.begun.has(one));
      ids.forEach((one) => this.begun.add(one));
      if (isNew) tell('begun');
    }

    private end(): void {
      if (this.isOver) return;
      this.isOver = true;
      tell('lost');
    }
  };
}
