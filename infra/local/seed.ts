import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SubgraphDefinition } from '@haat/kit/define';
import type { RunningSubgraph } from '@haat/kit-run/start';
import type { MarketplaceOptions } from './marketplace.js';
import { seedShop, shopNeeds } from './shop/seed-shop.js';

/** A login of the demonstration. */
export interface Login {
  readonly role: string;
  readonly tenant: string;
  readonly email: string;
  readonly password: string;
}

const password = 'haat-demo-2026';

/** Slugs of the tenants that the seed makes. */
export const seededTenants: readonly string[] = ['acme', 'nordic'];

/** The logins that the seed makes. They exist in development only. */
const seeded: readonly Login[] = [
  { role: 'PLATFORM', tenant: 'haat', email: 'platform@haat.example', password },
  ...seededTenants.flatMap((tenant) => ['OPERATOR', 'MERCHANT', 'SHOPPER'].map((role) => ({ role, tenant, email: `${role.toLowerCase()}@${tenant}.example`, password }))),
];

/** The logins there are: none where identity does not run. */
export function logins(chosen: readonly SubgraphDefinition[]): readonly Login[] {
  return chosen.some((s) => s.name === 'identity') ? seeded : [];
}

/**
 * Seeds each subgraph that was not seeded in this data folder, in the order of the list. Answers whether there was anything
 * to do. Production is never seeded.
 */
export async function seedOnce(options: MarketplaceOptions, chosen: readonly SubgraphDefinition[], running: ReadonlyMap<string, RunningSubgraph>): Promise<boolean> {
  let didSeed = false;
  for (const { name } of chosen) didSeed = (await once(options, name, async () => running.get(name)?.seed())) || didSeed;
  return didSeed;
}

/** Puts prices and stock on what was seeded, through the open door. Answers whether there was anything to do. */
export async function seedShopOnce(options: MarketplaceOptions, chosen: readonly SubgraphDefinition[], url: string): Promise<boolean> {
  const isWhole = shopNeeds.every((need) => chosen.some(({ name }) => name === need));
  return isWhole && once(options, 'shop', () => seedShop(url, logins(chosen)));
}

/** Runs a part of the seed unless it ran in this data folder, is not wanted, or this is production. */
async function once(options: MarketplaceOptions, part: string, work: () => Promise<void>): Promise<boolean> {
  const isWanted = options.seed !== 'never' && options.env['NODE_ENV'] !== 'production' && (options.seedOnly?.includes(part) ?? true);
  const mark = join(options.dataDir, 'seeded', part);
  if (!isWanted || (options.seed === 'first-run' && (await isThere(mark)))) return false;
  await work();
  await mkdir(join(options.dataDir, 'seeded'), { recursive: true });
  await writeFile(mark, '');
  return true;
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(() => true, () => false);
}
