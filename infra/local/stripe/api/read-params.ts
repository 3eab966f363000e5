import { z } from 'zod';
import { wrongParameter, type StripeRefusal } from '../refusal.js';
import type { Form, FormValue } from './read-form.js';

const textLengthMax = 5_000;
const metadataKeysMax = 50;

/** A whole number. */
export const integer = z.string().regex(/^-?\d{1,15}$/, 'parameter_invalid_integer').transform(Number);
/** `true` or `false`. */
export const flag = z.enum(['true', 'false']).transform((said) => said === 'true');
/** A text that says something. */
export const text = z.string().min(1, 'parameter_invalid_empty').max(textLengthMax);
/** A text; an empty one takes it away. */
export const textOrNone = z.string().max(textLengthMax).transform((said) => (said === '' ? null : said));
/** A time in seconds since 1970, or its limits. */
const created = z.union([integer, z.strictObject({ gt: integer.optional(), gte: integer.optional(), lt: integer.optional(), lte: integer.optional() })]);
/** Names and values of ours; an empty value takes the name away, an empty text all of them. */
export const metadata = z.union([z.literal(''), z.record(z.string().min(1).max(40), z.string().max(500)).refine((all) => Object.keys(all).length <= metadataKeysMax)]);
/** What every request may say. */
export const anywhere = { expand: z.array(text).max(20).optional(), key: text.optional() };
/** What every list may say; docs.stripe.com/api/pagination. */
export const paging = { ...anywhere, limit: integer.pipe(z.number().min(1).max(100)).default(10), starting_after: text.optional(), ending_before: text.optional(), created: created.optional() };
/** Limits of a list's time. */
export type Created = z.infer<typeof created>;

/** Reads a request's parameters. @throws StripeRefusal in Stripe's words for one that is unknown, missing or wrong. */
export function readParams<S extends z.ZodType>(form: Form, schema: S): z.infer<S> {
  const read = schema.safeParse(form);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw issue ? refusalOf(issue, form) : wrongParameter('Invalid request.');
}

/** Metadata with what a request changes in it. */
export function mergedMetadata(known: Readonly<Record<string, string>> | null, change: z.infer<typeof metadata> | undefined): Record<string, string> {
  if (change === '') return {};
  return Object.fromEntries(Object.entries({ ...known, ...change }).filter(([, value]) => value !== ''));
}

function refusalOf(issue: z.core.$ZodIssue, form: Form): StripeRefusal {
  if (issue.code === 'unrecognized_keys') {
    const name = named([...issue.path, issue.keys[0] ?? '']);
    return wrongParameter(`Received unknown parameter: ${name}`, name, 'parameter_unknown');
  }
  const param = named(issue.path);
  const value = issue.path.reduce<FormValue | undefined>((inner, step) => (typeof inner === 'object' && !Array.isArray(inner) ? inner[String(step)] : undefined), form);
  if (value === undefined) return wrongParameter(`Missing required param: ${param}.`, param, 'parameter_missing');
  if (issue.message === 'parameter_invalid_integer') return wrongParameter(`Invalid integer: ${String(value)}`, param, 'parameter_invalid_integer');
  if (issue.message === 'parameter_invalid_empty') return wrongParameter(`You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset.`, param, 'parameter_invalid_empty');
  return wrongParameter(`Invalid ${param}: ${issue.message}`, param);
}

function named([first = '', ...rest]: readonly PropertyKey[]): string {
  return String(first) + rest.map((step) => `[${String(step)}]`).join('');
}
