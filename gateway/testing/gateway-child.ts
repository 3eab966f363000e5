import { connectNats } from '@haat/kit/nats';
import { makeLog } from '@haat/kit/log';
import { readSigningKey } from '@haat/kit/signing';
import type { Asks } from '../asks.js';
import { gatewayConfig } from '../config.js';
import { startGateway } from '../gateway.js';

// A program for tests: a gateway in a process of its own, which can be killed. What it would ask of identity and tenants it asks of who started it.

/** What it is told by its environment, as JSON in `GATEWAY_CHILD`. */
export interface ChildOrders {
  readonly sdl: string;
  readonly natsUrl: string;
  /** Where asks are answered: a POST of name, input and context. */
  readonly asksUrl: string;
  readonly privateJwk: string;
  readonly port: number;
}

const { sdl, natsUrl, asksUrl, privateJwk, port } = JSON.parse(process.env['GATEWAY_CHILD'] ?? '{}') as ChildOrders;
const log = makeLog('gateway', 'silent');

const asks: Asks = {
  async ask(contract, input, context) {
    const response = await fetch(asksUrl, { method: 'POST', body: JSON.stringify({ name: contract.name, input, context }) });
    return contract.output.parse(await response.json());
  },
};

const many = '1000000000';
const unlimited = { RATE_VIEWER_PER_SECOND: many, RATE_ADDRESS_PER_SECOND: many, RATE_TENANT_PER_SECOND: many, LIVE_CONNECTIONS_PER_ADDRESS: '20000', LIVE_CONNECTIONS_PER_VIEWER: '20000', CONNECTIONS_PER_ADDRESS: '20000' };
await startGateway({
  config: gatewayConfig.parse({ PORT: String(port), EXPLORERS: 'false', GUEST_KEY_SECRET: 's'.repeat(32), ...unlimited }),
  supergraph: { sdl }, sources: 'remote', log, key: await readSigningKey(privateJwk), asks, nats: await connectNats({ url: natsUrl, name: 'gateway', log }),
});
process.send?.('ready');
// Ends with who started it.
process.once('disconnect', () => process.exit(0));
