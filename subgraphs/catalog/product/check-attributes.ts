import { AttributeKind, type AttributeRow } from '../product-type/product-type.row.js';
import type { AttributeValueRow } from './product.row.js';
import { attributeTextCharactersMax } from '../limits.js';

/** A value as a client gives it: one of the fields, by the attribute's kind. */
export interface GivenValue {
  readonly key: string;
  readonly text?: string | null;
  readonly number?: number | null;
  readonly isTrue?: boolean | null;
  readonly choices?: readonly string[] | null;
  readonly date?: string | null;
  readonly colour?: string | null;
}

/** What became of the values: all good, one of an attribute there is none of, or one of another kind than its attribute. */
export type CheckedValues =
  | { readonly values: AttributeValueRow[] }
  | { readonly unknown: string }
  | { readonly rejected: string; readonly expected: string };

/** Reads values by the attributes of a product type. Of two values of one attribute the second is rejected. */
export function checkAttributes(attributes: readonly AttributeRow[], given: readonly GivenValue[]): CheckedValues {
  const values: AttributeValueRow[] = [];
  for (const value of given) {
    const attribute = attributes.find(({ key }) => key === value.key);
    if (!attribute) return { unknown: value.key };
    if (values.some(({ key }) => key === value.key)) return { rejected: value.key, expected: 'one value' };
    const read = readValue(attribute, value);
    if (typeof read === 'string') return { rejected: value.key, expected: read };
    values.push({ key: value.key, kind: attribute.kind, ...read });
  }
  return { values };
}

/** Values as they are shown: those whose attribute, and of choices those that, the product type still has. */
export function shownValues(attributes: readonly AttributeRow[], values: readonly AttributeValueRow[]): AttributeValueRow[] {
  return values.flatMap((value) => {
    const attribute = attributes.find(({ key, kind }) => key === value.key && kind === value.kind);
    const choices = value.choices?.filter((choice) => attribute?.choices.some(({ key }) => key === choice));
    return attribute && choices?.length !== 0 ? [{ ...value, ...(choices && { choices }) }] : [];
  });
}

/** Required attributes that have no value. */
export function missingAttributes(attributes: readonly AttributeRow[], values: readonly { readonly key: string }[]): string[] {
  return attributes.filter(({ key, isRequired }) => isRequired && !values.some((value) => value.key === key)).map(({ key }) => key);
}

/** The value, or in words what was expected. */
function readValue(attribute: AttributeRow, value: GivenValue): Omit<AttributeValueRow, 'key' | 'kind'> | string {
  const { kind, unit } = attribute;
  const fields = (['text', 'number', 'isTrue', 'choices', 'date', 'colour'] as const).filter((field) => value[field] !== undefined && value[field] !== null);
  const expected = fieldOf[kind];
  if (fields.length !== 1 || fields[0] !== expected) return `a value in the field ${expected} and in no other`;
  if (kind === AttributeKind.TEXT) return readText(value.text ?? '');
  if (kind === AttributeKind.NUMBER) return Number.isFinite(value.number) ? { number: value.number ?? 0 } : `a number${unit ? ` of ${unit}` : ''}`;
  if (kind === AttributeKind.BOOLEAN) return { isTrue: value.isTrue ?? false };
  if (kind === AttributeKind.DATE) return isDay(value.date ?? '') ? { date: value.date ?? '' } : 'a day of the calendar such as 2026-03-01';
  if (kind === AttributeKind.COLOUR) return /^#[0-9a-f]{6}$/i.test(value.colour ?? '') ? { colour: value.colour?.toLowerCase() } : 'a colour such as #1e90ff';
  return readChoices(attribute, value.choices ?? []);
}

const fieldOf = {
  [AttributeKind.TEXT]: 'text', [AttributeKind.NUMBER]: 'number', [AttributeKind.BOOLEAN]: 'isTrue', [AttributeKind.CHOICE]: 'choices',
  [AttributeKind.MULTI_CHOICE]: 'choices', [AttributeKind.DATE]: 'date', [AttributeKind.COLOUR]: 'colour',
} as const;

function readText(text: string): { text: string } | string {
  const clean = text.normalize('NFC').trim();
  const isText = clean.length > 0 && clean.length <= attributeTextCharactersMax && /^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u.test(clean);
  return isText ? { text: clean } : `text of 1 to ${attributeTextCharactersMax} characters`;
}

function readChoices({ kind, choices }: AttributeRow, given: readonly string[]): { choices: string[] } | string {
  const known = choices.map(({ key }) => key);
  const chosen = [...new Set(given)];
  const isOne = kind === AttributeKind.CHOICE;
  const fits = chosen.length > 0 && (!isOne || chosen.length === 1) && chosen.every((key) => known.includes(key));
  return fits ? { choices: chosen } : `${isOne ? 'one' : 'some'} of ${known.slice(0, 20).join(', ')}`;
}

function isDay(text: string): boolean {
  const day = /^(\d{4})-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
