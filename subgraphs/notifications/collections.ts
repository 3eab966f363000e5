import { deliveries } from './delivery/delivery.row.js';
import { marketplaces } from './marketplace/marketplace.row.js';
import { vendorMembers } from './member/vendor-member.row.js';
import { notices } from './notice/notice.row.js';
import { notifications } from './notification/notification.row.js';
import { knownOrders } from './order/known-order.row.js';
import { erasedPeople } from './person/erased-person.row.js';
import { people } from './person/person.row.js';
import { templates } from './template/template.row.js';

/** Everything notifications keeps. */
export const notificationsCollections = [marketplaces, templates, deliveries, knownOrders, vendorMembers, people, erasedPeople, notices, notifications] as const;
