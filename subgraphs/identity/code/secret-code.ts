import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Column, Entity } from 'typeorm';

/** What a secret is for. It is good for nothing else. */
export type CodePurpose = 'VERIFY_EMAIL' | 'RESET_PASSWORD' | 'INVITATION' | 'SIGN_IN_CODE' | 'SECOND_FACTOR';

/** A secret that was handed to one person for one purpose, once. Only its hash is kept. */
@Entity({ name: 'secret_code' })
export class SecretCode extends TenantRow {
  @Column({ type: 'text' })
  userId: string;

  @Column({ type: 'text' })
  purpose: CodePurpose;

  @Column({ type: 'text' })
  hash: string;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt: Date | null;

  /** Wrong guesses so far, where it can be guessed. */
  @Column({ type: 'int' })
  tries: number;
}
