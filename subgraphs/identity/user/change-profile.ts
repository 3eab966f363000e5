import { parsed } from '@haat/kit/input';
import { Problem } from '@haat/kit/problem';
import { resultOf } from '@haat/kit/result';
import { Locale } from '@haat/kit/scalars';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { Field, InputType, ObjectType } from 'type-graphql';
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

/** Nobody could be called at it. */
@ObjectType({ implements: Problem, description: 'The telephone number is none of any country; nothing was changed.' })
export class PhoneNotAccepted extends Problem {}

/** The marketplace does not speak it. */
@ObjectType({ implements: Problem, description: 'The marketplace does not speak that language; nothing was changed.' })
export class LocaleNotSpoken extends Problem {
  @Field(() => [Locale], { description: 'The languages that the marketplace speaks.' })
  spoken: readonly string[];
}

/** The person, or what was wrong. */
export const ChangeProfileResult = resultOf('ChangeProfileResult', 'The person with the new profile, or what was wrong with it.', [User, PhoneNotAccepted]);
/** The person, or what was wrong. */
export const ChangePreferencesResult = resultOf('ChangePreferencesResult', 'The person with the new preferences, or what was wrong with them.', [User, LocaleNotSpoken]);

const profileRules = z.object({ name: z.string().trim().min(1).max(120).nullish(), phone: z.string().max(40).nullish() });
const preferenceRules = z.object({ locale: z.string().nullish(), wantsMarketing: z.boolean().nullish() });

/** Changes the viewer's own name and telephone number. */
export async function changeProfile(tx: IdentityTx, input: ChangeProfileInput): Promise<User | PhoneNotAccepted> {
  const { name, phone } = parsed(profileRules, input);
  const number = typeof phone === 'string' ? validNumber(phone) : phone;
  const user = await lockedOwnAccount(tx);
  if (typeof phone === 'string' && number === undefined) return Object.assign(new PhoneNotAccepted(), { message: 'Give a telephone number with its country code, such as +8801712345678.' });
  if (name !== undefined) user.name = name;
  if (number !== undefined) user.phone = number;
  return tx.db.save(user);
}

/** Changes the viewer's own preferences. */
export async function changePreferences(tx: IdentityTx, input: ChangePreferencesInput): Promise<User | LocaleNotSpoken> {
  const { locale, wantsMarketing } = parsed(preferenceRules, input);
  const user = await lockedOwnAccount(tx);
  const spoken = tx.tenant.locales;
  if (typeof locale === 'string' && !spoken.includes(locale)) return Object.assign(new LocaleNotSpoken(), { message: `Choose one of ${spoken.join(', ')}.`, spoken });
  user.locale = locale ?? user.locale;
  user.wantsMarketing = wantsMarketing ?? user.wantsMarketing;
  return tx.db.save(user);
}

function validNumber(text: string): string | undefined {
  const phone = parsePhoneNumberFromString(text);
  return phone?.isValid() ? phone.number : undefined;
}
