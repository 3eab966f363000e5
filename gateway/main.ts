import { systemClock } from '@haat/kit/clock';
import { readConfig } from '@haat/kit/config';
import { makeLog, type Log } from '@haat/kit/log';
import { readSigningKey, readTrustedKeys, type SigningKey } from '@haat/kit/signing';
import { startTelemetry } from '@haat/kit/telemetry';
import { z } from 'zod';
import { gatewayConfig, subgraphAddresses } from './config.js';
import { startGateway, type GatewayOptions } from './gateway.js';
import { loadSupergraph } from './supergraph.js';

/** What a gateway that runs alone reads from the environment, beside the gateway's own settings. */
const mainConfig = gatewayConfig.extend({
  /** The supergraph's file. Another text in it is taken up without a restart. */
  SUPERGRAPH: z.string().min(1),
  /** The broker, by which tenants and identity are reached. Without it there is no tenant, and everybody is a guest. */
  NATS_URL: z.string().optional(),
  /** Private Ed25519 JWK whose key id is `gateway:<number>`. Without it nothing is signed. */
  HAAT_SIGNING_KEY: z.string().optional(),
  /** Public keys of those whose asks are answered, as a JWK set. Without it partners can register no operations. */
  HAAT_TRUSTED_KEYS: z.string().optional(),
});

run().catch((error: unknown) => {
  // For people: a sentence that says what to do, not where in our code it was noticed.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

async function run(): Promise<void> {
  const config = readConfig(mainConfig);
  const log = makeLog('gateway');
  const key = config.HAAT_SIGNING_KEY === undefined ? undefined : await readSigningKey(config.HAAT_SIGNING_KEY);
  const telemetry = await startTelemetry({ service: 'gateway', env: process.env });
  const reached = await reach(config.NATS_URL, key, log);
  const gateway = await startGateway({
    config, log, key, ...reached,
    trusted: config.HAAT_TRUSTED_KEYS === undefined ? undefined : await readTrustedKeys(config.HAAT_TRUSTED_KEYS),
    supergraph: { sdl: await loadSupergraph(config.SUPERGRAPH), file: config.SUPERGRAPH },
    sources: 'remote',
    addresses: subgraphAddresses(process.env),
    metrics: () => telemetry.metricsText(),
  });
  process.stdout.write(`Gateway at ${gateway.url}/graphql\n`);
  await signalled();
  await gateway.close();
  await reached.nats?.drain();
  await telemetry.close();
}

/** The broker and those behind it, where one is named. Loaded only then. */
async function reach(url: string | undefined, key: SigningKey | undefined, log: Log): Promise<Pick<GatewayOptions, 'asks' | 'nats'>> {
  if (url === undefined) return {};
  if (!key) throw new Error('With NATS_URL the gateway needs HAAT_SIGNING_KEY: what it asks of others is signed.');
  const [{ connectNats }, { asking }] = await Promise.all([import('@haat/kit/nats'), import('@haat/kit/ask')]);
  const nats = await connectNats({ url, name: 'gateway', log });
  return { nats, asks: asking({ key, clock: systemClock, nats }) };
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
