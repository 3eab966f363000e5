import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** Who is checked, as the provider is told. */
export interface CheckSubject {
  readonly legalName: string;
  readonly country: string;
  readonly registrationNumber?: string | null;
}

/** How far a check is. HANDED_OVER: the provider cannot tell, or need not any more; an operator decides. */
export type CheckStatus = 'QUEUED' | 'STARTED' | 'PASSED' | 'FAILED' | 'HANDED_OVER';

/** A check by the provider, of one thing that was handed in. It ends once. */
@Entity({ name: 'identity_check' })
export class IdentityCheck extends TenantRow {
  @Column({ type: 'text' })
  vendorId: string;

  @Column({ type: 'text' })
  submissionId: string;

  @Column({ type: 'text' })
  subjectKind: 'PERSON' | 'BUSINESS';

  @Column({ type: 'text' })
  status: CheckStatus;

  /** Dropped when the check ends. */
  @Column({ type: 'jsonb', nullable: true })
  subject: CheckSubject | null;

  /** Where callbacks come in, kept since a job knows the tenant's id only. */
  @Column({ type: 'text' })
  tenantSlug: string;

  /** The provider's name for it. */
  @Column({ type: 'text', nullable: true })
  reference: string | null;

  /** Where the person goes on with the provider. */
  @Column({ type: 'text', nullable: true })
  pageUrl: string | null;

  @Column({ type: 'int' })
  tries: number;

  /** When the provider is to be asked next; moved on by who asks, so that nobody else does meanwhile. */
  @Column({ type: 'timestamptz', nullable: true })
  dueAt: Date | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;
}
