import type { VendorsTx } from '../context.js';
import type { Vendor } from '../vendor/vendor.js';
import { RequirementKind, SubmissionStatus } from './requirement-kind.js';
import type { RequirementRule } from './requirement-rule.js';
import type { HandedIn } from './submit-requirement.js';

/** What is still missing, and what the submission is when nothing is. */
export interface Judgement {
  readonly missing: string[];
  readonly status: SubmissionStatus;
}

const { ACCEPTED, PENDING } = SubmissionStatus;

/** Judges what was handed in as far as a program can. */
export async function judged(tx: VendorsTx, vendor: Vendor, rule: RequirementRule, handedIn: HandedIn): Promise<Judgement> {
  switch (rule.kind) {
    case RequirementKind.ACCEPT_TERMS:
    case RequirementKind.ATTESTATION: return { missing: absent({ isAccepted: handedIn.isAccepted === true }), status: ACCEPTED };
    case RequirementKind.COMPLETE_PROFILE: return { missing: absent({ about: vendor.about, logoUrl: vendor.logoUrl, contactEmail: vendor.contactEmail }), status: ACCEPTED };
    case RequirementKind.BILLING_ADDRESS: return { missing: absent({ billingAddress: vendor.billingAddress }), status: ACCEPTED };
    case RequirementKind.RETURNS_ADDRESS: return { missing: absent({ returnsAddress: vendor.returnsAddress }), status: ACCEPTED };
    case RequirementKind.MINIMUM_PRODUCTS: return { missing: absent({ products: (await productsOf(tx, vendor.id)) >= (rule.minimum ?? 1) }), status: ACCEPTED };
    case RequirementKind.DOCUMENT: return { missing: absent({ documentUrl: handedIn.documentUrl }), status: PENDING };
    case RequirementKind.CUSTOM_FIELDS: return { missing: unanswered(rule, handedIn), status: PENDING };
    case RequirementKind.IDENTITY_CHECK: return { missing: absent({ subject: handedIn.subject }), status: PENDING };
    case RequirementKind.BUSINESS_CHECK: return { missing: absent({ subject: handedIn.subject, 'subject.registrationNumber': handedIn.subject?.registrationNumber }), status: PENDING };
    case RequirementKind.OPERATOR_REVIEW: return { missing: [], status: PENDING };
  }
}

function absent(parts: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(parts).filter(([, value]) => !value).map(([name]) => name);
}

function unanswered({ fields }: RequirementRule, { answers }: HandedIn): string[] {
  const given = new Set((answers ?? []).map(({ key }) => key));
  return fields.filter(({ key, isRequired }) => isRequired && !given.has(key)).map(({ key }) => key);
}

/** How many products it offers, drafts as well: an applicant sells nothing yet. */
async function productsOf(tx: VendorsTx, vendorId: string): Promise<number> {
  const rows: { count: number }[] = await tx.db.query('select count(distinct product_id)::int as count from vendor_offer where tenant_id = $1 and vendor_id = $2', [tx.tenant.id, vendorId]);
  return rows[0]?.count ?? 0;
}
