import { forgetting } from '../forget-over.js';
import { notifications } from './notification.row.js';

/** Removes notifications whose time is over, read or not. */
export const forgetNotifications = forgetting('forget-notifications', notifications);
