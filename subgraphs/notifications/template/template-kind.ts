import { registerEnumType } from 'type-graphql';

/** What a mail is for. */
export enum TemplateKind {
  VERIFY_EMAIL = 'VERIFY_EMAIL',
  RESET_PASSWORD = 'RESET_PASSWORD',
  INVITATION = 'INVITATION',
  VENDOR_INVITATION = 'VENDOR_INVITATION',
  SIGN_IN_CODE = 'SIGN_IN_CODE',
  ALREADY_REGISTERED = 'ALREADY_REGISTERED',
}

registerEnumType(TemplateKind, {
  name: 'TemplateKind',
  description: 'What a mail is for, and so what it has to say.',
  valuesConfig: {
    VERIFY_EMAIL: { description: 'Proves that an address belongs to who registered with it.' },
    RESET_PASSWORD: { description: 'Lets somebody choose a new password.' },
    INVITATION: { description: 'Asks somebody to join the marketplace and choose a password.' },
    VENDOR_INVITATION: { description: 'Asks somebody to work for a vendor of the marketplace.' },
    SIGN_IN_CODE: { description: 'Brings the six digits of a sign-in without password.' },
    ALREADY_REGISTERED: { description: 'Tells that somebody tried to register an address again.' },
  },
});

/** What a template may name in double braces; filled in when a mail is made. */
export const placeholders = ['name', 'marketplace', 'vendor', 'link', 'code', 'expiresAt'] as const;

/** One of them. */
export type Placeholder = (typeof placeholders)[number];

/** What is filled in; a text that is empty leaves no gap. */
export type TemplateValues = Readonly<Partial<Record<Placeholder, string>>>;

/** What the text of each kind may name, and what it must. */
export interface KindRules {
  readonly allowed: readonly Placeholder[];
  readonly required: readonly Placeholder[];
  /** The page of the storefront that the link leads to. */
  readonly page?: string;
  /** Whether there is a secret in it, which the event brings. */
  readonly hasSecret: boolean;
}

const byLink = { allowed: ['name', 'marketplace', 'link', 'expiresAt'], required: ['link'], hasSecret: true } as const;

/** The rules of each kind. */
export const kindRules: Readonly<Record<TemplateKind, KindRules>> = {
  VERIFY_EMAIL: { ...byLink, page: 'verify-email' },
  RESET_PASSWORD: { ...byLink, page: 'reset-password' },
  INVITATION: { ...byLink, page: 'accept-invitation' },
  VENDOR_INVITATION: { ...byLink, allowed: [...byLink.allowed, 'vendor'], page: 'join-vendor' },
  SIGN_IN_CODE: { allowed: ['name', 'marketplace', 'code', 'expiresAt'], required: ['code'], hasSecret: true },
  ALREADY_REGISTERED: { allowed: ['name', 'marketplace', 'link'], required: [], page: 'sign-in', hasSecret: false },
};

/** A subject is seen by everybody who glances at a screen: no link and no code in it. */
export const subjectPlaceholders: readonly Placeholder[] = ['name', 'marketplace', 'vendor'];
