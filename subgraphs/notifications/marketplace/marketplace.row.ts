import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';

/** What mails need to know of a marketplace: a copy fed by the events of tenants. Its id is the tenant's. */
export const marketplaces = defineCollection({
  name: 'marketplaces',
  schema: z.object({
    /** A label of a host name: links are made of it. */
    slug: z.string().regex(/^[a-z0-9-]{1,63}$/),
    name: z.string(),
    status: z.enum(['OPEN', 'SUSPENDED', 'CLOSED']),
    /** BCP 47; the first is the default one. */
    locales: z.array(z.string()),
    timeZone: z.string(),
    /** The tenant's version that this is a copy of: two kinds of event bring it, in any order. */
    tenantVersion: z.int(),
  }),
});

/** A marketplace as it is read. */
export type MarketplaceRow = Stored<z.output<typeof marketplaces.incoming>>;
