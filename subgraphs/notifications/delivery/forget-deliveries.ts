import { forgetting } from '../forget-over.js';
import { deliveries } from './delivery.row.js';

/** Removes settled deliveries whose time is over. */
export const forgetDeliveries = forgetting('forget-deliveries', deliveries);
