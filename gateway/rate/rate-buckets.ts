import { createHash } from 'node:crypto';
import { networkOf } from '@haat/kit/identity';
import { LRUCache } from 'lru-cache';
import type { GatewayConfig } from '../config.js';
import type { OperationContext } from '../operation-context.js';
import type { Partner } from '../partners.js';
import type { LeakyBucket } from './leaky-bucket.js';

/** How many seconds of leaking a bucket holds: that much may come in one burst. */
const burstSeconds = 30;

/** Whose bucket it is. */
export type SpentBy = 'viewer' | 'partner' | 'address' | 'tenant';

/** A bucket, and the name that all gateways know it by. */
export interface NamedBucket extends LeakyBucket {
  readonly by: SpentBy;
  /** Tells nobody who it is: the broker sees hashes. */
  readonly key: string;
}

/** Settings that say how fast buckets leak. */
export type RateConfig = Pick<GatewayConfig, 'RATE_VIEWER_PER_SECOND' | 'RATE_ADDRESS_PER_SECOND' | 'RATE_TENANT_PER_SECOND'>;

/**
 * The buckets that an operation is paid from, the caller's own first. A guest has none but the address: a new cart is
 * a new guest. A plan may set `viewerPointsPerSecond` and `tenantPointsPerSecond`; an address is nobody's to set. All tokens
 * of a partner's program share its quota of a minute, in place of a viewer's.
 */
export function bucketsOf({ internal }: OperationContext, config: RateConfig, costMax: number, partner?: Partner): readonly NamedBucket[] {
  const { tenant, viewer, clientAddress } = internal;
  const who = viewer.userId ?? viewer.tokenId;
  const planned = (name: string, usual: number): number => {
    const said = Object.hasOwn(tenant.limits, name) ? tenant.limits[name] : undefined;
    return said !== undefined && said > 0 ? said : usual;
  };
  return [
    ...(partner ? [{ by: 'partner' as const, key: `partner.${hashed(`${tenant.id} ${partner.partnerAppId}`)}`, perSecond: partner.pointsPerMinute / 60, capacity: partner.pointsPerMinute }] : []),
    ...(who === undefined || partner ? [] : [bucket('viewer', `${tenant.id} ${who}`, planned('viewerPointsPerSecond', config.RATE_VIEWER_PER_SECOND), costMax)]),
    addressBucket(clientAddress, config, costMax),
    bucket('tenant', tenant.id, planned('tenantPointsPerSecond', config.RATE_TENANT_PER_SECOND), costMax),
  ];
}

/** The bucket of an address alone, which is the same in every marketplace but for what one operation may cost there. */
export function addressBucket(clientAddress: string | undefined, config: Pick<RateConfig, 'RATE_ADDRESS_PER_SECOND'>, costMax: number): NamedBucket {
  return bucket('address', networkOf(clientAddress ?? ''), config.RATE_ADDRESS_PER_SECOND, costMax);
}

function bucket(by: SpentBy, name: string, perSecond: number, costMax: number): NamedBucket {
  // What one operation may cost must fit, or it could never run.
  return { by, key: `${by}.${hashed(name)}`, perSecond, capacity: Math.max(perSecond * burstSeconds, costMax) };
}

function hashed(name: string): string {
  const known = hashes.get(name) ?? createHash('sha256').update(name).digest('base64url').slice(0, 32);
  hashes.set(name, known);
  return known;
}

/** Hashes of those who ask now, so that each is computed once. */
const hashes = new LRUCache<string, string>({ max: 20_000 });
