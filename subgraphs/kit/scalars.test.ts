import fc from 'fast-check';
import { parseValue, type GraphQLScalarType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CountryCode, CurrencyCode, DateTime, jsonDepthMax, JSONValue, Locale, MinorUnits } from './scalars.js';

const literal = (scalar: GraphQLScalarType, text: string): unknown => scalar.parseLiteral(parseValue(text), {});

describe('DateTime', () => {
  it.each([
    ['2026-03-01T09:30:00Z', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30:00+06:00', '2026-03-01T03:30:00.000Z'],
    ['2024-02-29T00:00:00.123456Z', '2024-02-29T00:00:00.123Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ])('takes %s and answers in UTC', (text, utc) => {
    expect(DateTime.serialize(DateTime.parseValue(text))).toBe(utc);
    expect(DateTime.serialize(literal(DateTime, JSON.stringify(text)))).toBe(utc);
  });

  it.each([
    '2026-02-29T00:00:00Z', '2026-13-01T00:00:00Z', '2026-00-10T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T00:60:00Z', '2016-12-31T23:59:60Z',
    '2026-01-01', '2026-01-01T00:00:00', '2026-01-01 00:00:00Z', '2026-01-01t00:00:00z', '2026-01-01T00:00Z', '2026-01-01T00:00:00+24:00',
    '2026-01-01T00:00:00Z\n', '٢٠٢٦-01-01T00:00:00Z', '0000-01-01T00:00:00+01:00', '', 1_700_000_000, null, {}, true,
  ])('refuses %j', (value) => {
    expect(() => DateTime.parseValue(value)).toThrow(/expected RFC 3339/);
  });

  it('refuses a moment that is none, and a literal of another kind', () => {
    expect(() => DateTime.serialize(new Date(Number.NaN))).toThrow(/DateTime/);
    expect(() => literal(DateTime, '1700000000')).toThrow(/came 1700000000/);
  });

  it('gives back every moment of four-digit years', () => {
    const range = { min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true };
    fc.assert(fc.property(fc.date(range), (moment) => {
      expect(DateTime.parseValue(DateTime.serialize(moment))).toEqual(moment);
    }));
  });
});

describe('MinorUnits', () => {
  it.each([0, 1, -1, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])('keeps %d', (minor) => {
    expect(MinorUnits.parseValue(minor)).toBe(minor);
    expect(literal(MinorUnits, String(minor))).toBe(minor);
    expect(MinorUnits.serialize(BigInt(minor))).toBe(minor);
  });

  it('turns minus zero into zero', () => {
    expect(Object.is(MinorUnits.parseValue(-0), 0)).toBe(true);
  });

  it.each([0.1 + 0.2, 1.5, 2 ** 53, -(2 ** 53), 1e400, Number.NaN, '1e3', '12', '', null, true, [1], {}])('refuses %j', (value) => {
    expect(() => MinorUnits.parseValue(value)).toThrow(/whole number of minor units/);
    expect(() => MinorUnits.serialize(value)).toThrow(/whole number of minor units/);
  });

  it.each(['1e3', '1.0', '"1"', '9007199254740992', '-9007199254740993', '9'.repeat(400)])('refuses the literal %s', (text) => {
    expect(() => literal(MinorUnits, text)).toThrow(/whole number of minor units/);
  });
});

describe('codes', () => {
  it('takes currencies of ISO 4217 only, in upper case', () => {
    expect(['BDT', 'EUR', 'JPY', 'KWD'].map((code) => CurrencyCode.parseValue(code))).toEqual(['BDT', 'EUR', 'JPY', 'KWD']);
    for (const bad of ['bdt', 'XXX', 'XAU', 'HRK', 'EURO', '', 'toString', '__proto__', 50]) expect(() => CurrencyCode.parseValue(bad)).toThrow(/ISO 4217/);
  });

  it('takes countries of ISO 3166-1 only, in upper case', () => {
    expect(['BD', 'SE'].map((code) => CountryCode.parseValue(code))).toEqual(['BD', 'SE']);
    for (const bad of ['bd', 'XK', 'ZZ', 'BGD', '', 7]) expect(() => CountryCode.parseValue(bad)).toThrow(/ISO 3166-1/);
  });

  it('takes languages of BCP 47 and spells them canonically', () => {
    expect(['EN-us', 'bn-bd', 'zh-hant', 'sv'].map((tag) => Locale.parseValue(tag))).toEqual(['en-US', 'bn-BD', 'zh-Hant', 'sv']);
    for (const bad of ['', 'e', 'en_US', 'english-language-of-the-british-isles', 'en-', 1]) expect(() => Locale.parseValue(bad)).toThrow(/BCP 47/);
  });

  it('says it as a problem of the input, too', () => {
    expect(() => CurrencyCode.parseValue('bdt')).toThrow(expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', problems: [{ path: [], message: expect.stringContaining('came "bdt"') }] } }));
  });

  it('says what came, cut short', () => {
    expect(() => CurrencyCode.parseValue('x'.repeat(10_000))).toThrow(new RegExp(`came "${'x'.repeat(60)}"\\.$`));
  });
});

describe('JSON', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

  it('takes any value up to the limit of depth', () => {
    expect(JSONValue.parseValue({ a: [1, null, 'x'] })).toEqual({ a: [1, null, 'x'] });
    expect(JSONValue.parseValue(nested(jsonDepthMax))).toEqual(nested(jsonDepthMax));
    expect(() => JSONValue.parseValue(nested(jsonDepthMax + 1))).toThrow(/at most 32 levels/);
  });

  it('keeps a dangerous key as plain data', () => {
    const value = literal(JSONValue, '{ __proto__: { isAdmin: true } }') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });
});
