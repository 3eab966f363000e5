import { deliveryFailed } from '@haat/schema/events/notifications';
import { defineSubgraph } from '@haat/kit/define';
import { mongo } from '@haat/kit-mongo/mongo';
import { notificationsCollections } from './collections.js';
import { notificationsConfig } from './config.js';
import { DeliveryResolver } from './delivery/delivery.resolver.js';
import { forgetDeliveries } from './delivery/forget-deliveries.js';
import { onMailSecretIssued } from './delivery/on-mail-secret-issued.js';
import { onUserErased } from './delivery/on-user-erased.js';
import { onVendorMemberInvited } from './delivery/on-vendor-member-invited.js';
import { sendDueDeliveries } from './delivery/send-due-deliveries.js';
import { onTenantChanged } from './marketplace/on-tenant-changed.js';
import { onTenantOpened } from './marketplace/on-tenant-opened.js';
import { TemplateResolver } from './template/template.resolver.js';

/** Messages to people: what they say, on which way they go, and what became of each. */
export const notifications = defineSubgraph({
  name: 'notifications',
  config: notificationsConfig,
  store: mongo({ collections: notificationsCollections }),
  resolvers: [DeliveryResolver, TemplateResolver],
  says: [deliveryFailed],
  consumers: [onTenantOpened, onTenantChanged, onMailSecretIssued, onVendorMemberInvited, onUserErased],
  jobs: [sendDueDeliveries, forgetDeliveries],
});
