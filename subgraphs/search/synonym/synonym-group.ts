import { TenantRow } from '@haat/kit-postgres/tenant-row';
import { connectionOf } from '@haat/kit/page';
import { Locale } from '@haat/kit/scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity } from 'typeorm';

/** Words that stand for each other. */
@ObjectType({ description: 'Words of one language that stand for each other where products are looked for.' })
@Entity({ name: 'synonym_group' })
export class SynonymGroup extends TenantRow {
  @Field(() => ID, { description: 'Names the group for good; begins with syn_.' })
  override id!: string;

  @Field(() => Locale, { description: 'The language of its words.' })
  @Column({ type: 'text' })
  locale: string;

  @Field(() => [String], { description: 'Words and phrases as they are compared; each stands for all others.' })
  @Column({ type: 'text', array: true })
  words: string[];
}

/** A page of groups. */
export const { Connection: SynonymGroupConnection } = connectionOf(SynonymGroup, { name: 'SynonymGroup', description: 'Groups of synonyms of this marketplace, the one made first in front.' });
