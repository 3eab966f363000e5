import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { TenantRow } from '@haat/kit-postgres/tenant-row';

/** How much of one limit is used. */
@ObjectType({ description: 'How much of one limit of the plan this marketplace uses.' })
@Entity({ name: 'usage_meter' })
export class UsageMeter extends TenantRow {
  @Field(() => ID, { description: 'What is counted, such as domains or staff.' })
  @Column({ type: 'text' })
  meter: string;

  @Field(() => Int, { description: 'How many there are at the moment.' })
  @Column({ type: 'int' })
  used: number;

  /** Taken from the plan when read: a plan may change between two reads. */
  @Field(() => Int, { nullable: true, description: 'How many the plan allows; null when it does not limit this.' })
  limit?: number | null;
}
