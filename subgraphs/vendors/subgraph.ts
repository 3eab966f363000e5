import { commissionRulesChanged, vendorApplied, vendorApproved, vendorChanged, vendorMemberChanged, vendorMemberInvited, vendorRestored, vendorSuspended, vendorUsageCounted } from '@haat/schema/events/vendors';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { answerQuote } from './commission/answer-quote.js';
import { CommissionRuleRow, CommissionTermsRow } from './commission/commission-rule.js';
import { CommissionResolver } from './commission/commission.resolver.js';
import { vendorsConfig } from './config.js';
import { vendorsLoaders } from './loaders.js';
import { MemberResolver } from './member/member.resolver.js';
import { onUserErased } from './member/on-user-erased.js';
import { VendorMember } from './member/vendor-member.js';
import { vendorsTables } from './migrations/0001-vendors.js';
import { commissionTables } from './migrations/0002-commission.js';
import { seedVendors } from './seed.js';
import { SettingsResolver } from './settings/settings.resolver.js';
import { turnHolidays } from './settings/turn-holidays.js';
import { answerDescribe } from './vendor/answer-describe.js';
import { findVendors } from './vendor/find-vendors.js';
import { republishVendors } from './vendor/republish-vendors.js';
import { Vendor } from './vendor/vendor.js';
import { VendorResolver } from './vendor/vendor.resolver.js';

/** Who sells: applying, approval, members, settings and what the marketplace takes of a sale. */
export const vendors = defineSubgraph({
  name: 'vendors',
  config: vendorsConfig,
  store: postgres({ rows: [Vendor, VendorMember, CommissionRuleRow, CommissionTermsRow], migrations: [vendorsTables, commissionTables] }),
  resolvers: [VendorResolver, SettingsResolver, MemberResolver, CommissionResolver],
  references: { Vendor: findVendors },
  loaders: vendorsLoaders,
  says: [vendorApplied, vendorApproved, vendorChanged, vendorSuspended, vendorRestored, vendorMemberInvited, vendorMemberChanged, commissionRulesChanged, vendorUsageCounted],
  answers: [answerDescribe, answerQuote],
  consumers: [onUserErased],
  jobs: [turnHolidays],
  republish: republishVendors,
  seed: seedVendors,
});
