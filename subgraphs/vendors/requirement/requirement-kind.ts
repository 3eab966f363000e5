import { registerEnumType } from 'type-graphql';

/** What a marketplace may ask of a vendor. */
export enum RequirementKind {
  ACCEPT_TERMS = 'ACCEPT_TERMS',
  ATTESTATION = 'ATTESTATION',
  COMPLETE_PROFILE = 'COMPLETE_PROFILE',
  BILLING_ADDRESS = 'BILLING_ADDRESS',
  RETURNS_ADDRESS = 'RETURNS_ADDRESS',
  MINIMUM_PRODUCTS = 'MINIMUM_PRODUCTS',
  DOCUMENT = 'DOCUMENT',
  CUSTOM_FIELDS = 'CUSTOM_FIELDS',
  OPERATOR_REVIEW = 'OPERATOR_REVIEW',
  IDENTITY_CHECK = 'IDENTITY_CHECK',
  BUSINESS_CHECK = 'BUSINESS_CHECK',
}

registerEnumType(RequirementKind, {
  name: 'RequirementKind',
  description: 'What a marketplace may ask of a vendor before it sells.',
  valuesConfig: {
    ACCEPT_TERMS: { description: 'To accept the terms at an address; in order at once.' },
    ATTESTATION: { description: 'To declare that something is so; in order at once.' },
    COMPLETE_PROFILE: { description: 'To say something of itself, show a picture and be reachable.' },
    BILLING_ADDRESS: { description: 'To have an address for invoices in its settings.' },
    RETURNS_ADDRESS: { description: 'To have an address for returns in its settings.' },
    MINIMUM_PRODUCTS: { description: 'To offer at least so many products.' },
    DOCUMENT: { description: 'To hand in a document, which an operator looks at.' },
    CUSTOM_FIELDS: { description: 'To answer questions, which an operator looks at.' },
    OPERATOR_REVIEW: { description: 'To be looked at by an operator; nothing is handed in.' },
    IDENTITY_CHECK: { description: 'To have a person checked by the provider of identity checks.' },
    BUSINESS_CHECK: { description: 'To have the company checked by the provider of identity checks.' },
  },
});

/** What became of what was handed in. */
export enum SubmissionStatus { PENDING = 'PENDING', ACCEPTED = 'ACCEPTED', REJECTED = 'REJECTED', WAIVED = 'WAIVED' }

registerEnumType(SubmissionStatus, {
  name: 'SubmissionStatus',
  description: 'What became of what a vendor handed in.',
  valuesConfig: {
    PENDING: { description: 'Handed in; somebody has to look at it.' },
    ACCEPTED: { description: 'Looked at and found in order.' },
    REJECTED: { description: 'Not in order; it can be handed in again.' },
    WAIVED: { description: 'Not asked of this vendor, by an operator.' },
  },
});
