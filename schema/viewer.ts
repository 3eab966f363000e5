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
  /** The partner's program that a token belongs to: it is held to that program's operations and quota. */
  partnerAppId: z.string().optional(),
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
