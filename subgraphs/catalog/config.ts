import { z } from 'zod';

/** What catalog reads from the environment. */
export const catalogConfig = z.object({
  /** Where the pictures of the demonstration's products are served, without a slash at the end. */
  IMAGE_BASE_URL: z.url().default('https://images.haat.example').transform((url) => url.replace(/\/+$/, '')),
});

/** The settings of catalog. */
export type CatalogConfig = z.infer<typeof catalogConfig>;
