import { tenantOpened } from '@haat/schema/events/tenants';
import { defineConsumer } from '@haat/kit/define';
import { keepMarketplace } from './keep-marketplace.js';

/** Learns of a new marketplace. */
export const onTenantOpened = defineConsumer('on-tenant-opened', tenantOpened, keepMarketplace);
