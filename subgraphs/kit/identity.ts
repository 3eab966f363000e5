import { z } from 'zod';

/** What somebody may be. A viewer can be several at once; a guest is none. */
export const roles = ['PLATFORM', 'OPERATOR', 'MERCHANT', 'SHOPPER', 'PARTNER'] as const;
/** One of the roles. */
export type Role = (typeof roles)[number];

/** How the caller is known. */
export const viewerKinds = ['GUEST', 'USER', 'TOKEN', 'SYSTEM'] as const;
/** One of the ways a caller is known. */
export type ViewerKind = (typeof viewerKinds)[number];

/** Who asks, as the gateway found it out. Nothing in it ever comes from a client's own claim. */
export const viewerSchema = z.object({
  kind: z.enum(viewerKinds),
  userId: z.string().optional(),
  sessionId: z.string().optional(),
  tokenId: z.string().optional(),
  roles: z.array(z.enum(roles)),
  /** Rights beyond the roles, such as `orders.manage`. `*` is every right. */
  grants: z.array(z.string()),
  /** Vendors this person works for, with the rights held there. */
  vendors: z.array(z.object({ id: z.string(), grants: z.array(z.string()) })),
  /** HMAC of a guest's cart secret: names a guest without being the secret. */
  guestKey: z.string().optional(),
  /** The order a signed link from a mail opens. */
  orderId: z.string().optional(),
});
/** Who asks. */
export type Viewer = z.infer<typeof viewerSchema>;

/** The tenant's facts every subgraph may use without asking: set by the gateway, never by an input. */
export const tenantFactsSchema = z.object({
  id: z.string(),
  slug: z.string(),
  currency: z.string().length(3),
  /** BCP 47, the default one first. */
  locales: z.array(z.string()).min(1),
  timeZone: z.string(),
  /** Switched-on features, by key. */
  features: z.array(z.string()),
  /** Limits of the plan, by meter. A meter that is absent has no limit. */
  limits: z.record(z.string(), z.number()),
});
/** The facts of the tenant a request runs in. */
export type TenantFacts = z.infer<typeof tenantFactsSchema>;

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

/** Whether the viewer holds a right, by grant or by `*`. */
export function holdsGrant(viewer: Viewer, grant: string, vendorId?: string): boolean {
  const held = [...viewer.grants, ...(viewer.vendors.find((v) => v.id === vendorId)?.grants ?? [])];
  return held.includes('*') || held.includes(grant);
}
