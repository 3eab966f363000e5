import { commissionRulesChanged, vendorApplied, vendorApproved, vendorChanged, vendorMemberChanged, vendorMemberInvited, vendorRestored, vendorSuspended, vendorUsageCounted } from '@haat/schema/events/vendors';
import { defineSubgraph } from '@haat/kit/define';
import { postgres } from '@haat/kit-postgres/postgres';
import { answerQuote } from './commission/answer-quote.js';
import { CommissionRuleRow, CommissionTermsRow } from './commission/commission-rule.js';
import { CommissionResolver } from './commission/commission.resolver.js';
import { vendorsConfig } from './config.js';
import { vendorsLoaders } from './loaders.js';
import { IdentityCheck } from './identity-check/identity-check.js';
import { runChecks } from './identity-check/run-checks.js';
import { verificationRoute } from './identity-check/verification-route.js';
import { MemberResolver } from './member/member.resolver.js';
import { onUserErased } from './member/on-user-erased.js';
import { VendorMember } from './member/vendor-member.js';
import { forgetLapsedInvitations } from './member/withdraw-invitations.js';
import { vendorsTables } from './migrations/0001-vendors.js';
import { commissionTables } from './migrations/0002-commission.js';
import { requirementTables } from './migrations/0003-requirements.js';
import { promotionsOfVendors } from './migrations/0004-promotions-of-vendors.js';
import { invitations } from './migrations/0005-invitations.js';
import { onOfferChanged } from './requirement/on-offer-changed.js';
import { RequirementRule, RequirementSubmission } from './requirement/requirement-rule.js';
import { RequirementResolver } from './requirement/requirement.resolver.js';
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
  store: postgres({ rows: [Vendor, VendorMember, CommissionRuleRow, CommissionTermsRow, RequirementRule, RequirementSubmission, IdentityCheck], migrations: [vendorsTables, commissionTables, requirementTables, promotionsOfVendors, invitations] }),
  resolvers: [VendorResolver, SettingsResolver, MemberResolver, RequirementResolver, CommissionResolver],
  references: { Vendor: findVendors },
  loaders: vendorsLoaders,
  says: [vendorApplied, vendorApproved, vendorChanged, vendorSuspended, vendorRestored, vendorMemberInvited, vendorMemberChanged, commissionRulesChanged, vendorUsageCounted],
  answers: [answerDescribe, answerQuote],
  consumers: [onUserErased, onOfferChanged],
  jobs: [turnHolidays, runChecks, forgetLapsedInvitations],
  routes: [verificationRoute],
  republish: republishVendors,
  seed: seedVendors,
});
