import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { tenantFactsSchema, viewerSchema, type Viewer } from '@haat/schema/viewer';

export type { Role, TenantFacts, Viewer, ViewerKind } from '@haat/schema/viewer';

/** What travels signed between the gateway and subgraphs, and with every ask. */
export const internalContextSchema = z.object({
  tenant: tenantFactsSchema,
  viewer: viewerSchema,
  locale: z.string(),
  requestId: z.string(),
  /** When the caller stops waiting: milliseconds since the epoch. */
  deadlineAt: z.number(),
  traceparent: z.string().optional(),
  /** The client's `Idempotency-Key` header, where the input has none. */
  idempotencyKey: z.string().max(255).optional(),
  /** For limits and the audit; never shown. */
  clientAddress: z.string().optional(),
  clientAgent: z.string().optional(),
  /** Whether the answer may go to others with the same rights: it then says whether the person was looked at (person-seen.ts). */
  shareable: z.boolean().optional(),
});
/** The signed facts of one request. */
export type InternalContext = z.infer<typeof internalContextSchema>;

/** Nobody in particular. */
export const guest: Viewer = { kind: 'GUEST', roles: [], grants: [], vendors: [] };

/** A subgraph acting on an event or a clock, inside one tenant. */
export const systemViewer: Viewer = { kind: 'SYSTEM', roles: [], grants: ['*'], vendors: [] };

/** How a viewer is named in events and audits. */
export function actorOf(viewer: Viewer, subgraph: string): string {
  return viewer.userId ?? viewer.tokenId ?? (viewer.kind === 'SYSTEM' ? `system:${subgraph}` : 'guest');
}

/** Whose idempotency keys a viewer's are: as {@link actorOf}, but each guest by what names them, so that none meets in another's keys. */
export function callerOf(viewer: Viewer, subgraph: string): string {
  return viewer.userId ?? viewer.tokenId ?? viewer.guestKey ?? viewer.orderId ?? actorOf(viewer, subgraph);
}

/** Whether the viewer holds a right, by grant or by `*`. */
export function holdsGrant(viewer: Viewer, grant: string, vendorId?: string): boolean {
  const held = [...viewer.grants, ...(viewer.vendors.find((v) => v.id === vendorId)?.grants ?? [])];
  return held.includes('*') || held.includes(grant);
}

/** What a network address is counted as, wherever tries are limited. One customer has 2^64 addresses of IPv6: they count as one. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const all = tail === undefined ? before : [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after];
  return `${all.slice(0, 4).map((part) => part.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
