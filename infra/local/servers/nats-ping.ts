import { connect } from 'nats';
import { natsAddress } from './nats-address.js';

const CONNECT_LIMIT_MS = 2_000;

/** What a NATS server says of itself. */
export interface NatsAnswer {
  readonly version: string;
  readonly jetstream: boolean;
}

/** What the server at the URL says of itself, or undefined when it does not let us in. */
export async function pingNats(url: string): Promise<NatsAnswer | undefined> {
  try {
    const connection = await connect({ ...natsAddress(url), reconnect: false, timeout: CONNECT_LIMIT_MS });
    const info = connection.info;
    await connection.close();
    return { version: info?.version ?? '', jetstream: info?.jetstream === true };
  } catch {
    return undefined;
  }
}
