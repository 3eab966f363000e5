import { tenantChanged } from '@haat/schema/events/tenants';
import { defineConsumer } from '@haat/kit/define';
import { keepMarketplace } from './keep-marketplace.js';

/** Follows a marketplace's name, languages and status. */
export const onTenantChanged = defineConsumer('on-tenant-changed', tenantChanged, keepMarketplace);
