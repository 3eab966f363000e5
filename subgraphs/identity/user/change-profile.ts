import { parsed } from '@haat/kit/input';
import { resultOf } from '@haat/kit/result';
import { Locale } from '@haat/kit/scalars';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { IdentityTx } from '../context.js';
import { lockedOwnAccount } from './own-account.js';
import { User } from './user.js';

/** What is to change. What is left out stays; null takes it away. */
@InputType({ description: 'What is to change of the viewer\'s own profile; what is left out stays.' })
export class ChangeProfileInput {
  @Field(() => String, { nullable: true, description: 'How the person wants to be called, at most 120 characters; null for no name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number with country code; null for none.' })
  phone?: string | null;
}

/** What is to change. What is left out stays. */
@InputType({ description: 'Which preferences are to change; what is left out stays.' })
export class ChangePreferencesInput {
  @Field(() => Locale, { nullable: true, description: 'Language of mails, one that the marketplace speaks.' })
  locale?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the person agrees to be sent offers and news.' })
  wantsMarketing?: boolean | null;
}

/** The person. */
export const ChangeProfileResult = resultOf('ChangeProfileResult', 'The person with the new profile.', [User]);
/** The person. */
export const ChangePreferencesResult = resultOf('ChangePreferencesResult', 'The person with the new preferences.', [User]);

const profileRules = z.object({
  name: z.string().trim().min(1).max(120).nullish(),
  phone: z.string().max(40).transform((text, issue) => validNumber(text) ?? refuse(issue)).nullish(),
});

/** Changes the viewer's own name and telephone number. */
export async function changeProfile(tx: IdentityTx, input: ChangeProfileInput): Promise<User> {
  const { name, phone } = parsed(profileRules, input);
  const user = await lockedOwnAccount(tx);
  if (name !== undefined) user.name = name;
  if (phone !== undefined) user.phone = phone;
  return tx.db.save(user);
}

/** Changes the viewer's own preferences. */
export async function changePreferences(tx: IdentityTx, input: ChangePreferencesInput): Promise<User> {
  const spoken = z.string().refine((tag) => tx.tenant.locales.includes(tag), `expected one of ${tx.tenant.locales.join(', ')}`).nullish();
  const { locale, wantsMarketing } = parsed(z.object({ locale: spoken, wantsMarketing: z.boolean().nullish() }), input);
  const user = await lockedOwnAccount(tx);
  user.locale = locale ?? user.locale;
  user.wantsMarketing = wantsMarketing ?? user.wantsMarketing;
  return tx.db.save(user);
}

function validNumber(text: string): string | undefined {
  const phone = parsePhoneNumberFromString(text);
  return phone?.isValid() ? phone.number : undefined;
}

function refuse(issue: z.RefinementCtx): never {
  issue.addIssue({ code: 'custom', message: 'expected a telephone number with country code, such as +8801712345678' });
  return z.NEVER;
}
