import { z } from 'zod';
import { startStripeSimulator } from './start-stripe-simulator.js';

const account = z.strictObject({ name: z.string(), secretKey: z.string(), publishableKey: z.string(), webhookSecret: z.string(), webhookUrl: z.url().optional() });
const settings = z.object({
  /** Accounts, as JSON. */
  STRIPE_SIMULATOR_ACCOUNTS: z.string().transform((text) => z.array(account).min(1).parse(JSON.parse(text))),
  STRIPE_SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  STRIPE_SIMULATOR_DATA_DIR: z.string().optional(),
  /** Pauses before a webhook is tried again, comma-separated. */
  STRIPE_SIMULATOR_WEBHOOK_PAUSES_MS: z.string().transform((text) => text.split(',').map(Number)).pipe(z.array(z.number().int().min(1)).min(1)).optional(),
});

const { STRIPE_SIMULATOR_ACCOUNTS: accounts, STRIPE_SIMULATOR_PORT: port, STRIPE_SIMULATOR_DATA_DIR: dataDir, STRIPE_SIMULATOR_WEBHOOK_PAUSES_MS: webhookPausesMs } = settings.parse(process.env);
const simulator = await startStripeSimulator({ accounts, port, dataDir, webhookPausesMs });
console.log(JSON.stringify({ url: simulator.url }));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.stop().then(() => process.exit(0)));
