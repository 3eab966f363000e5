import type { PathaoAccount } from './pathao-account.js';
import { startPathaoSimulator, type PathaoSimulator } from './start-pathao-simulator.js';

/** A simulator that stands in for Pathao in a marketplace. */
export interface SimulatedPathao {
  readonly simulator: PathaoSimulator;
  /** What shipping is started with. */
  readonly env: NodeJS.ProcessEnv;
  /** Says where the door is, once it is open. */
  callBackAt(door: string): void;
}

/** The account that shipping's seed connects for the tenant `acme`. It opens nothing anywhere else. */
const seededAccount: PathaoAccount = {
  clientId: 'haat-sandbox', clientSecret: 'haat-sandbox-secret', username: 'sandbox@acme.example', password: 'haat-demo-2026', storeId: 130_820, callbackSecret: 'acme-pathao-callback-secret', integrationSecret: 'f3992ecc-59da-4cbe-a049-a13da2018d51',
};

/** Starts it, unless the environment says where Pathao is, or this is production. */
export async function simulatePathao(env: NodeJS.ProcessEnv): Promise<SimulatedPathao | undefined> {
  if (env['PATHAO_URL'] || env['PATHAO_SANDBOX_URL'] || env['NODE_ENV'] === 'production') return undefined;
  const account = { ...seededAccount };
  const simulator = await startPathaoSimulator({ accounts: [account] });
  return {
    simulator, env: { PATHAO_URL: simulator.url, PATHAO_SANDBOX_URL: simulator.url },
    callBackAt: (door) => { account.callbackUrl = `${door}/hooks/shipping/pathao/acme`; },
  };
}
