import { z } from 'zod';

/** What vendors reads from the environment. */
export const vendorsConfig = z.object({});

/** The settings of vendors. */
export type VendorsConfig = z.infer<typeof vendorsConfig>;
