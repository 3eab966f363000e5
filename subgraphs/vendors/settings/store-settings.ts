import { Money } from '@haat/kit/money';
import { DateTime } from '@haat/kit/scalars';
import { Address, AddressInput } from '@haat/kit/shared-types';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PayoutInterval, type Vendor } from '../vendor/vendor.js';

registerEnumType(PayoutInterval, {
  name: 'PayoutInterval',
  description: 'How often a vendor is paid what it earned.',
  valuesConfig: {
    DAILY: { description: 'Every day that something is due.' },
    WEEKLY: { description: 'Once a week, on the same day.' },
    BIWEEKLY: { description: 'Once in two weeks, on the same day.' },
    MONTHLY: { description: 'Once a month, on the first day.' },
    MANUAL: { description: 'Only when the operators start it.' },
  },
});

/** When a vendor sells nothing. */
@ObjectType({ description: 'A time in which the vendor sells nothing; what was bought is still delivered.' })
export class Holiday {
  @Field(() => DateTime, { description: 'The first moment of it.' })
  from: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it sells again; null where it ends it itself.' })
  until: Date | null;
}

/** When a vendor sells nothing, as it says. */
@InputType({ description: 'A time in which the vendor is to sell nothing.' })
export class HolidayInput {
  @Field(() => DateTime, { nullable: true, description: 'The first moment of it; now when left out.' })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When it sells again; left out, it lasts until it is ended.' })
  until?: Date | null;
}

/** How a vendor runs its shop. */
@ObjectType({ description: 'How the vendor runs its shop: holidays, minimum, addresses, how it is reached.' })
export class StoreSettings {
  @Field(() => Holiday, { nullable: true, description: 'The holiday that is planned or under way, if any.' })
  holiday: Holiday | null;

  @Field(() => Money, { nullable: true, description: 'How much of its goods one order must have at least.' })
  minimumOrder: Money | null;

  @Field(() => Int, { nullable: true, description: 'Hours until an order is accepted by itself; null where never.' })
  acceptsAfterHours: number | null;

  @Field(() => Address, { nullable: true, description: 'The address that invoices name the vendor by.' })
  billingAddress: AddressInput | null;

  @Field(() => Address, { nullable: true, description: 'Where goods that come back are sent.' })
  returnsAddress: AddressInput | null;

  @Field(() => Address, { nullable: true, description: 'Where parcels are picked up, unless a warehouse says otherwise.' })
  shipsFromAddress: AddressInput | null;

  @Field(() => String, { nullable: true, description: 'E-mail address for the operators; shoppers do not see it.' })
  contactEmail: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number for the operators; shoppers do not see it.' })
  contactPhone: string | null;

  static of(vendor: Vendor): StoreSettings {
    const { holidayFrom, holidayUntil, minimumOrderMinor, currency, acceptsAfterHours, billingAddress, returnsAddress, shipsFromAddress, contactEmail, contactPhone } = vendor;
    return Object.assign(new StoreSettings(), {
      acceptsAfterHours, billingAddress, returnsAddress, shipsFromAddress, contactEmail, contactPhone,
      holiday: holidayFrom && { from: holidayFrom, until: holidayUntil },
      minimumOrder: minimumOrderMinor === null ? null : Money.of(minimumOrderMinor, currency),
    });
  }
}

/** How and where a vendor is paid. */
@ObjectType({ description: 'How often and where a vendor is paid; for members who look after payouts.' })
export class PayoutSettings {
  @Field(() => PayoutInterval, { description: 'How often the vendor is paid.' })
  interval: PayoutInterval;

  @Field(() => Money, { nullable: true, description: 'Less than this waits for the next time.' })
  minimum: Money | null;

  @Field(() => String, { nullable: true, description: "The payment provider's name of the account, such as acct_1a2b." })
  accountReference: string | null;

  static of({ payoutInterval, payoutMinimumMinor, payoutAccount, currency }: Vendor): PayoutSettings {
    const minimum = payoutMinimumMinor === null ? null : Money.of(payoutMinimumMinor, currency);
    return Object.assign(new PayoutSettings(), { interval: payoutInterval, minimum, accountReference: payoutAccount });
  }
}
