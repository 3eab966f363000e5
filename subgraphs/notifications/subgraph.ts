import { contactsRead } from '@haat/schema/asks/identity';
import { deliveryFailed, notificationArrived } from '@haat/schema/events/notifications';
import { defineSubgraph } from '@haat/kit/define';
import { mongo } from '@haat/kit-mongo/mongo';
import { notificationsCollections } from './collections.js';
import { notificationsConfig } from './config.js';
import { DeliveryResolver } from './delivery/delivery.resolver.js';
import { forgetDeliveries } from './delivery/forget-deliveries.js';
import { onMailSecretIssued } from './delivery/on-mail-secret-issued.js';
import { onVendorMemberInvited } from './delivery/on-vendor-member-invited.js';
import { sendDueDeliveries } from './delivery/send-due-deliveries.js';
import { onTenantChanged } from './marketplace/on-tenant-changed.js';
import { onTenantOpened } from './marketplace/on-tenant-opened.js';
import { onVendorApproved, onVendorMemberChanged, onVendorSuspended } from './member/on-vendors.js';
import { tellDueNotices } from './notice/tell-due-notices.js';
import { forgetNotifications } from './notification/forget-notifications.js';
import { NotificationLiveResolver } from './notification/notification-live.resolver.js';
import { findUsers, NotificationResolver, UserNotificationsResolver } from './notification/notification.resolver.js';
import { User } from './notification/notification.type.js';
import { forgetOrders } from './order/keep-order.js';
import { onOrderChanged, onOrderConfirmed, onOrderPlaced, onVendorOrderAccepted, onVendorOrderCancelled } from './order/on-orders.js';
import { onParcelDelivered, onParcelShipped } from './order/on-parcels.js';
import { onPaymentCaptured, onRefundSucceeded } from './order/on-payments.js';
import { forgetErasedPeople } from './person/erased-person.row.js';
import { onUserErased } from './person/on-user-erased.js';
import { TemplateResolver } from './template/template.resolver.js';

/** Messages to people: what they say, on which way they go, and what became of each. */
export const notifications = defineSubgraph({
  name: 'notifications',
  config: notificationsConfig,
  store: mongo({ collections: notificationsCollections }),
  resolvers: [DeliveryResolver, TemplateResolver, NotificationResolver, UserNotificationsResolver, NotificationLiveResolver],
  types: [User],
  references: { User: findUsers },
  says: [deliveryFailed, notificationArrived],
  asks: [contactsRead],
  consumers: [
    onTenantOpened, onTenantChanged, onMailSecretIssued, onUserErased, onVendorMemberInvited, onVendorMemberChanged, onVendorApproved, onVendorSuspended,
    onOrderPlaced, onOrderConfirmed, onOrderChanged, onVendorOrderAccepted, onVendorOrderCancelled, onPaymentCaptured, onRefundSucceeded, onParcelShipped, onParcelDelivered,
  ],
  jobs: [tellDueNotices, sendDueDeliveries, forgetDeliveries, forgetNotifications, forgetOrders, forgetErasedPeople],
});
