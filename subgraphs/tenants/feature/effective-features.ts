import { createHash } from 'node:crypto';

/** One switch of a tenant, as it was set by hand. */
export interface FeatureOverride {
  readonly key: string;
  readonly isEnabled: boolean;
}

/** A feature given to a share of all tenants, whatever their plan. */
export interface FeatureRollout {
  readonly key: string;
  /** 0 to 100. */
  readonly percent: number;
}

/** Where a switch's position comes from: the last that says something wins, in this order. */
export type FeatureSource = 'PLAN' | 'TENANT' | 'ROLLOUT';

/** A feature as it is for one tenant. */
export interface EffectiveFeature {
  readonly key: string;
  readonly isEnabled: boolean;
  readonly source: FeatureSource;
}

/** Plan default, then the tenant's own switch, then a rollout that has reached this tenant. Sorted by key. */
export function effectiveFeatures(tenantId: string, planFeatures: readonly string[], overrides: readonly FeatureOverride[], rollouts: readonly FeatureRollout[]): EffectiveFeature[] {
  const features = new Map<string, EffectiveFeature>();
  for (const key of planFeatures) features.set(key, { key, isEnabled: true, source: 'PLAN' });
  for (const { key, isEnabled } of overrides) features.set(key, { key, isEnabled, source: 'TENANT' });
  for (const { key, percent } of rollouts) if (reaches(tenantId, key, percent)) features.set(key, { key, isEnabled: true, source: 'ROLLOUT' });
  return [...features.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Whether a rollout has reached a tenant. A tenant once reached stays so while the percentage only grows. */
function reaches(tenantId: string, key: string, percent: number): boolean {
  return createHash('sha256').update(`${key}:${tenantId}`).digest().readUInt32BE(0) % 100 < percent;
}
