import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AskedBefore } from './checks/check-clients.js';
import { checkoutFlow } from './checkout-flow.js';
import { chosenOf, isWhole } from './chosen-boundaries.js';
import { crashEverywhere } from './crash-everywhere.js';
import { openCrashScene, type CrashScene } from './crash-scene.js';
import type { Flow } from './flow.js';
import { importFlow } from './import-flow.js';
import { pollFlow, webhookFlow } from './payment-flows.js';
import { cancelFlow, refundFlow } from './refund-flow.js';
import { relayFlow } from './relay-flow.js';
import { shipmentFlow } from './shipment-flow.js';

/** Longer than any flow takes, in milliseconds. */
const limitMs = isWhole ? 10_800_000 : 600_000;

/** The flows, each with how many of its boundaries the suite takes. */
const flows: readonly (readonly [string, number, (scene: CrashScene) => Flow<never>])[] = [
  ['a checkout', 4, (scene) => checkoutFlow(scene, scene.goods) as Flow<never>],
  ['a payment told by webhook', 1, (scene) => webhookFlow(scene, scene.goods) as Flow<never>],
  ['a payment found by the poll', 1, (scene) => pollFlow(scene, scene.goods) as Flow<never>],
  ['a refund', 2, (scene) => refundFlow(scene, scene.goods, scene.operator) as Flow<never>],
  ['a cancellation', 1, (scene) => cancelFlow(scene, scene.goods, scene.operator) as Flow<never>],
  ['a shipment', 2, (scene) => shipmentFlow(scene, scene.goods, scene.operator) as Flow<never>],
  ['events on their way', 3, (scene) => relayFlow(scene, scene.goods) as Flow<never>],
  ['an import', 1, (scene) => importFlow(scene, scene.operator) as Flow<never>],
];

describe('a marketplace that dies', () => {
  let scene: CrashScene;
  beforeAll(async () => {
    scene = await openCrashScene();
  }, 120_000);
  afterAll(() => scene?.close(), 30_000);

  it.for(flows)('in %s brings it to a good end', { timeout: limitMs }, async ([, most, flowOf], { annotate }) => {
    const flow = flowOf(scene);
    let last: AskedBefore | undefined;
    const prepare = async () => {
      await scene.freshen();
      const state = await flow.prepare();
      if (flow.name === 'checkout') last = state;
      return state;
    };
    const report = await crashEverywhere({ ...flow, prepare }, scene, { choose: (all) => chosenOf(all, most), listings: isWhole ? 3 : 1, check: () => scene.check(last), checkEvery: isWhole ? 1 : 6 });
    await annotate(`${flow.name}: ${report.boundaries.length} boundaries, killed at ${report.killedAt.length}${report.unreached.map((name) => `, not reached ${name}`).join('')}`);
    expect(report.broken).toEqual([]);
    expect(report.killedAt).not.toEqual([]);
    expect(report.unreached, 'were listed, and not reached').toEqual([]);
    expect(report.boundaries.length).toBeGreaterThanOrEqual(flow.boundariesMin);
  });
});
