import { DateTime } from '@haat/kit/scalars';
import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** How many sessions of one person are open at most. */
export const openSessionsMax = 100;

/** Why a session ended before its time; ENDED also where newer ones took its place. */
export type SessionEnd = 'SIGNED_OUT' | 'ENDED' | 'TOKEN_REUSED' | 'PASSWORD_CHANGED' | 'ACCOUNT_CLOSED';

/** One device on which a person is signed in. */
@ObjectType({ description: 'One device or program on which a person is signed in.' })
@Entity({ name: 'session' })
export class Session extends TenantRow {
  @Field(() => ID, { description: 'Names the session, for endSession; begins with ses_.' })
  override id: string;

  @Column({ type: 'text' })
  userId: string;

  @Field(() => String, { nullable: true, description: 'User agent that signed in, at most 400 characters.' })
  @Column({ type: 'text', nullable: true })
  agent: string | null;

  @Field(() => String, { nullable: true, description: 'Network address that signed in.' })
  @Column({ type: 'text', nullable: true })
  address: string | null;

  @Field(() => DateTime, { description: 'When the session began, in UTC.' })
  override createdAt: Date;

  @Field(() => DateTime, { description: 'When the session was last used, to about five minutes.' })
  @Column({ type: 'timestamptz' })
  lastSeenAt: Date;

  @Field(() => DateTime, { description: 'When the session ends by itself unless it is refreshed.' })
  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  /** When the person last proved who they are, by password, code or second factor. */
  @Column({ type: 'timestamptz' })
  authenticatedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  endReason: SessionEnd | null;
}

/** A refresh token of a session: good once. Only its hash is kept. */
@Entity({ name: 'refresh_token' })
export class RefreshToken extends TenantRow {
  @Column({ type: 'text' })
  sessionId: string;

  @Column({ type: 'text' })
  hash: string;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt: Date | null;

  /** Hash of the token and the `Idempotency-Key` that it was used under: the same request may ask again. */
  @Column({ type: 'text', nullable: true })
  request: string | null;

  /** The token that was given for it, sealed for identity itself. */
  @Column({ type: 'text', nullable: true })
  sealedNext: string | null;
}
