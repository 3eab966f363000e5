import { deliveries } from './delivery/delivery.row.js';
import { marketplaces } from './marketplace/marketplace.row.js';
import { templates } from './template/template.row.js';

/** Everything notifications keeps. */
export const notificationsCollections = [marketplaces, templates, deliveries] as const;
