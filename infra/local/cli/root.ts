import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout; this file is compiled to `infra/local/dist/cli/`. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
