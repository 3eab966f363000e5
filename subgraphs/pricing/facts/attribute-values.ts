import type { ProductState } from '@haat/schema/events/catalog';

/** A product's attribute as rules compare it: every kind of value as text. */
export interface AttributeValues {
  readonly code: string;
  readonly values: readonly string[];
}

/** Attributes as an event carries them, as rules compare them. */
export function attributeValues(attributes: ProductState['attributes']): AttributeValues[] {
  return attributes.map((attribute) => ({ code: attribute.key, values: valuesOf(attribute) }));
}

function valuesOf({ text, number, isTrue, choices, date, colour }: ProductState['attributes'][number]): string[] {
  if (choices) return choices;
  const one = text ?? number ?? isTrue ?? date ?? colour;
  return one === undefined ? [] : [String(one)];
}
