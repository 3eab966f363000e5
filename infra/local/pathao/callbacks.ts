import type { PathaoAccount } from './pathao-account.js';

/** How callbacks are sent: each so many times, held until released, the held ones backwards, or not at all. */
export interface CallbackManner {
  times: number;
  isHeld: boolean;
  isReversed: boolean;
  isLost: boolean;
}

/** A callback that was sent, and what it was answered with. */
export interface SentCallback {
  readonly event: string;
  readonly consignmentId: string;
  /** 0 where nobody was there. */
  readonly status: number;
  /** Whether the answer showed the integration secret. */
  readonly isIntegrated: boolean;
}

interface Callback {
  readonly account: PathaoAccount;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Pauses before a callback is sent again that nobody took, in milliseconds. */
const pausesMs = [200, 1_000, 5_000];
const timeoutMs = 10_000;

/** Sends callbacks one after the other, in the order or disorder that it is told. */
export class Callbacks {
  readonly manner: CallbackManner = { times: 1, isHeld: false, isReversed: false, isLost: false };
  readonly sent: SentCallback[] = [];
  #held: Callback[] = [];
  #last: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** Sends one, or keeps it. */
  put(account: PathaoAccount, body: Callback['body']): void {
    if (this.manner.isLost) return;
    if (this.manner.isHeld) this.#held.push({ account, body });
    else this.#enqueue({ account, body });
  }

  /** Sends what was held back. */
  release(): void {
    this.manner.isHeld = false;
    for (const callback of this.manner.isReversed ? this.#held.reverse() : this.#held) this.#enqueue(callback);
    this.#held = [];
  }

  /** When all that was put so far is sent. */
  settled(): Promise<void> {
    return this.#last;
  }

  close(): void {
    this.#isClosed = true;
  }

  #enqueue(callback: Callback): void {
    const { times } = this.manner;
    this.#last = this.#last.then(async () => {
      for (let count = 0; count < times; count += 1) await this.#sendUntilTaken(callback);
    });
  }

  async #sendUntilTaken(callback: Callback): Promise<void> {
    for (const pauseMs of [0, ...pausesMs]) {
      if (this.#isClosed) return;
      if (pauseMs > 0) await new Promise((resolve) => { setTimeout(resolve, pauseMs).unref(); });
      const status = await this.#send(callback);
      if (status >= 200 && status < 500) return;
    }
  }

  async #send({ account, body }: Callback): Promise<number> {
    if (account.callbackUrl === undefined) return 200;
    const headers = { 'content-type': 'application/json', 'x-pathao-signature': account.callbackSecret };
    const response = await fetch(account.callbackUrl, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(timeoutMs) }).catch(() => undefined);
    const status = response?.status ?? 0;
    await response?.body?.cancel();
    this.sent.push({ event: String(body['event']), consignmentId: String(body['consignment_id']), status, isIntegrated: response?.headers.get('x-pathao-merchant-webhook-integration-secret') === account.integrationSecret });
    return status;
  }
}
