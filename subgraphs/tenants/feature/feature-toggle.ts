import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { TenantRow } from '@haat/kit-postgres/tenant-row';

/** Where a switch's position comes from. */
export enum FeatureToggleSource { PLAN = 'PLAN', TENANT = 'TENANT', ROLLOUT = 'ROLLOUT' }

registerEnumType(FeatureToggleSource, {
  name: 'FeatureToggleSource',
  description: 'Where the position of a feature switch comes from.',
  valuesConfig: {
    PLAN: { description: 'The plan switches it on for everybody.' },
    TENANT: { description: 'It was set for this marketplace by setFeature.' },
    ROLLOUT: { description: 'A gradual rollout over all marketplaces has reached this one.' },
  },
});

/** A feature as it stands for one marketplace. */
@ObjectType({ description: 'A feature of the platform, switched on or off for this marketplace.' })
export class FeatureToggle {
  @Field(() => ID, { description: 'Stable name of the feature, such as flash-sales.' })
  key: string;

  @Field(() => Boolean, { description: 'Whether the feature is on for this marketplace now.' })
  isEnabled: boolean;

  @Field(() => FeatureToggleSource, { description: 'Which rule decided the position of the switch.' })
  source: FeatureToggleSource;
}

/** A switch set by hand for one marketplace. Its shape differs from the type: the type is what all rules come to. */
@Entity({ name: 'feature_override' })
export class FeatureOverrideRow extends TenantRow {
  @Column({ type: 'text' })
  key: string;

  @Column({ type: 'boolean' })
  isEnabled: boolean;
}

/** A feature given to a share of all marketplaces. Shared: it belongs to no tenant. */
@Entity({ name: 'feature_rollout' })
export class FeatureRolloutRow {
  @Column({ type: 'text', primary: true })
  key: string;

  /** 0 to 100. */
  @Column({ type: 'int' })
  percent: number;
}
