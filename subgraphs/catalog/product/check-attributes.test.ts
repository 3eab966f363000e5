import { describe, expect, it } from 'vitest';
import { AttributeKind, type AttributeRow } from '../product-type/product-type.row.js';
import { checkAttributes, missingAttributes, type GivenValue } from './check-attributes.js';

const attribute = (key: string, kind: AttributeKind, more: Partial<AttributeRow> = {}): AttributeRow => ({ key, kind, names: { en: key }, isRequired: false, choices: [], ...more });
const choices = ['linen', 'wool'].map((key) => ({ key, names: { en: key } }));
const attributes = [
  attribute('note', AttributeKind.TEXT), attribute('weight', AttributeKind.NUMBER, { unit: 'g', isRequired: true }), attribute('organic', AttributeKind.BOOLEAN),
  attribute('cloth', AttributeKind.CHOICE, { choices }), attribute('mix', AttributeKind.MULTI_CHOICE, { choices }), attribute('since', AttributeKind.DATE), attribute('paint', AttributeKind.COLOUR),
];

describe('Values of typed attributes', () => {
  it('are taken where each is of its attribute’s kind', () => {
    const given: GivenValue[] = [
      { key: 'note', text: ' By hand ' }, { key: 'weight', number: 250.5 }, { key: 'organic', isTrue: false }, { key: 'cloth', choices: ['wool'] },
      { key: 'mix', choices: ['wool', 'linen', 'wool'] }, { key: 'since', date: '2024-02-29' }, { key: 'paint', colour: '#1E90FF' },
    ];
    expect(checkAttributes(attributes, given)).toEqual({ values: [
      { key: 'note', kind: 'TEXT', text: 'By hand' }, { key: 'weight', kind: 'NUMBER', number: 250.5 }, { key: 'organic', kind: 'BOOLEAN', isTrue: false },
      { key: 'cloth', kind: 'CHOICE', choices: ['wool'] }, { key: 'mix', kind: 'MULTI_CHOICE', choices: ['wool', 'linen'] },
      { key: 'since', kind: 'DATE', date: '2024-02-29' }, { key: 'paint', kind: 'COLOUR', colour: '#1e90ff' },
    ] });
  });

  it.each<[string, GivenValue]>([
    ['text for a number', { key: 'weight', text: '250' }],
    ['two fields', { key: 'weight', number: 1, text: '1' }],
    ['no field', { key: 'weight' }],
    ['no finite number', { key: 'weight', number: Number.POSITIVE_INFINITY }],
    ['two choices of one', { key: 'cloth', choices: ['wool', 'linen'] }],
    ['a choice there is none of', { key: 'mix', choices: ['silk'] }],
    ['no choice at all', { key: 'mix', choices: [] }],
    ['a day no calendar has', { key: 'since', date: '2025-02-29' }],
    ['a colour by name', { key: 'paint', colour: 'blue' }],
    ['text of blanks', { key: 'note', text: '  ' }],
  ])('are rejected with what was expected: %s', (_, value) => {
    expect(checkAttributes(attributes, [value])).toMatchObject({ rejected: value.key, expected: expect.any(String) });
  });

  it('are of an attribute that the type has, once', () => {
    expect(checkAttributes(attributes, [{ key: 'smell', text: 'rose' }])).toEqual({ unknown: 'smell' });
    expect(checkAttributes(attributes, [{ key: 'note', text: 'a' }, { key: 'note', text: 'b' }])).toMatchObject({ rejected: 'note' });
  });

  it('are missing where the attribute is required', () => {
    expect(missingAttributes(attributes, [{ key: 'note' }])).toEqual(['weight']);
  });
});
