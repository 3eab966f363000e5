import { registerEnumType } from 'type-graphql';

/** Where a refund can be. */
export enum RefundStatus {
  REQUESTED = 'REQUESTED', PROCESSING = 'PROCESSING', SUCCEEDED = 'SUCCEEDED', FAILED = 'FAILED',
}

registerEnumType(RefundStatus, {
  name: 'RefundStatus', description: 'Where money that goes back to a buyer is.',
  valuesConfig: {
    REQUESTED: { description: 'Written down; the provider is asked next.' },
    PROCESSING: { description: 'The provider has it, and it is on its way.' },
    SUCCEEDED: { description: 'The money went back to the buyer.' },
    FAILED: { description: 'It could not go back; somebody must look at it.' },
  },
});
