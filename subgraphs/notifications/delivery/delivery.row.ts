import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';
import { TemplateKind } from '../template/template-kind.js';

/** What a message about an order says of it; nothing that only its reader may know. */
export const newsFacts = z.object({ order: z.string().optional(), amountMinor: z.int().optional(), currency: z.string().optional(), trackingUrl: z.string().optional() });

/** The same, as it is read. */
export type NewsFacts = z.output<typeof newsFacts>;

/** What became of a message so far. */
export const deliveryStatuses = ['QUEUED', 'SENT', 'FAILED', 'SUPPRESSED'] as const;

/**
 * One message to one recipient. What it says and to whom stays sealed while it waits, and is dropped when it is settled:
 * afterwards nothing here can be used by anybody.
 */
export const deliveries = defineCollection({
  name: 'deliveries',
  schema: z.object({
    channel: z.enum(['EMAIL']),
    kind: z.enum(TemplateKind),
    status: z.enum(deliveryStatuses),
    /** Masked. */
    recipient: z.string(),
    userId: z.string().optional(),
    /** Whom an invitation to work for a vendor is from, or whose part of an order it is about. */
    vendorName: z.string().optional(),
    news: newsFacts.optional(),
    /** The reader's, BCP 47; once sent, the language it was sent in. */
    locale: z.string(),
    /** How often sending was begun; one that died in the middle counts. */
    attempts: z.int().min(0),
    /** While QUEUED: the content, sealed for us, and what it is bound to. */
    sealed: z.object({ text: z.string(), purpose: z.string() }).optional(),
    /** When what it brings is no longer good: it is not sent after that. */
    expiresAt: z.date().optional(),
    /** While QUEUED: not to be sent before this. Moved on by who is sending, so that nobody else does meanwhile. */
    dueAt: z.date().optional(),
    /** Who is sending. */
    claim: z.string().optional(),
    /** Why it was not sent, the last time or for good; no address and no secret in it. */
    reason: z.string().optional(),
    /** The mail server's name for it, or our Message-ID. */
    providerId: z.string().optional(),
    /** 0 for what is built in. */
    templateVersion: z.int().optional(),
    settledAt: z.date().optional(),
    /** When it is forgotten. */
    forgetAt: z.date().optional(),
  }),
  indexes: [
    { name: 'byCreation', keys: { createdAt: -1, _id: -1 } },
    { name: 'byStatus', keys: { status: 1, createdAt: -1, _id: -1 } },
    { name: 'byUser', keys: { userId: 1 } },
  ],
  due: ['dueAt', 'forgetAt'],
});

/** A delivery as it is read. */
export type DeliveryRow = Stored<z.output<typeof deliveries.incoming>>;
