import { loader } from '@haat/kit/loader';
import type { VendorsContext, VendorsTx } from '../context.js';
import { Requirement } from './requirement.js';
import { RequirementRule, RequirementSubmission } from './requirement-rule.js';

/** What is asked of each vendor and how far it is: three statements, however many vendors. */
export function requirementsByVendor(ctx: VendorsContext) {
  return loader(async (vendorIds: readonly string[]) => readRequirements(ctx, vendorIds));
}

/** The same within a transaction. */
export async function readRequirements(ctx: VendorsContext | VendorsTx, vendorIds: readonly string[]): Promise<Map<string, Requirement[]>> {
  const tenantId = ctx.tenant.id;
  const rules = await ctx.db.find(RequirementRule, { where: { tenantId, isRetired: false }, order: { position: 'ASC' } });
  const submissions = await ctx.db.createQueryBuilder(RequirementSubmission, 's').where('s.vendorId = any(:vendorIds)', { vendorIds }).getMany();
  const pages: { submission_id: string; page_url: string }[] = await ctx.db.query(
    `select submission_id, page_url from identity_check where tenant_id = $1 and vendor_id = any($2) and status = 'STARTED' and page_url is not null`, [tenantId, vendorIds],
  );
  const pageOf = new Map(pages.map((row) => [row.submission_id, row.page_url]));
  const byPlace = new Map(submissions.map((submission) => [`${submission.vendorId} ${submission.ruleId}`, submission]));
  return new Map(vendorIds.map((vendorId) => [vendorId, rules.map((rule) => {
    const submission = byPlace.get(`${vendorId} ${rule.id}`);
    return Requirement.of(rule, submission, submission && pageOf.get(submission.id));
  })]));
}
