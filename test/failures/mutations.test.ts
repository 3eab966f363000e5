import { expect, it } from 'vitest';
import { checkoutFlow } from './checkout-flow.js';
import { isWhole } from './chosen-boundaries.js';
import { crashEverywhere } from './crash-everywhere.js';
import { openCrashScene, type CrashScene } from './crash-scene.js';
import type { Flow } from './flow.js';
import { mutations, type Mutation } from './mutation.js';
import { relayFlow } from './relay-flow.js';
import { shipmentFlow } from './shipment-flow.js';

/** Each needs a marketplace of its own; the suite takes the first, which shows at once: others make what follows wait for what never comes. */
const taken = isWhole ? mutations : mutations.slice(0, 1);

it.each(taken)('A crash at $boundary.name finds $name', async ({ name, flow, boundary, breaks }) => {
  const scene = await openCrashScene({ CRASH_MUTATION: name });
  try {
    const isThere = (passing: { readonly name: string; readonly nth: number }): boolean => passing.name === boundary.name && passing.nth === boundary.nth;
    const { broken, killedAt, unreached } = await crashEverywhere(flowOf(flow, scene), scene, { choose: (all) => all.filter(isThere).slice(0, 1), check: () => scene.check(), checkEvery: 1 });
    expect(killedAt.length + unreached.length, 'boundaries of that name').toBe(1);
    expect(broken.join('\n')).toMatch(breaks);
  } finally {
    await scene.close();
  }
}, 600_000);

function flowOf(flow: Mutation['flow'], scene: CrashScene): Flow<never> {
  if (flow === 'checkout') return checkoutFlow(scene, scene.goods) as Flow<never>;
  return (flow === 'events' ? relayFlow(scene, scene.goods) : shipmentFlow(scene, scene.goods, scene.operator)) as Flow<never>;
}
