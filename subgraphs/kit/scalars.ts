import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLCountryCode, GraphQLJSON } from 'graphql-scalars';
import { isCurrency } from './currencies.js';

/** How deep a free JSON value may nest. */
export const jsonDepthMax = 32;

/** The longest language tag taken: RFC 5646 section 4.4.1 asks for 35 characters. */
const localeCharactersMax = 35;

/** RFC 3339 section 5.6, with upper-case letters and at most nine digits of a second. */
const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A moment. Its answer is text, so that it is the same in one process and over a socket. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment by RFC 3339, always answered in UTC such as 2026-03-01T09:30:00.000Z. Taken with any offset; kept to the millisecond.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  serialize(value) {
    const moment = value instanceof Date ? value : momentOf(value);
    if (!moment || Number.isNaN(moment.getTime())) throw refused('DateTime', 'a moment', value);
    return moment.toISOString();
  },
  parseValue: (value) => momentOf(value) ?? refuse('DateTime', 'RFC 3339 text such as 2026-03-01T09:30:00Z', value),
  parseLiteral: (node) => momentOf(textOf(node)) ?? refuse('DateTime', 'RFC 3339 text such as "2026-03-01T09:30:00Z"', shown(node)),
});

const wholeNumber = 'a whole number of minor units within ±9007199254740991';

/** An amount in a currency's smallest unit. GraphQL's Int ends at 2^31, which is 21 million dollars. */
export const MinorUnits = new GraphQLScalarType<number, number>({
  name: 'MinorUnits',
  description: "An amount in the currency's smallest unit, a JSON integer within ±9007199254740991 (2^53 − 1). Never rounded: anything else is refused.",
  serialize: (value) => minorOf(typeof value === 'bigint' ? exactly(value) : value) ?? refuse('MinorUnits', wholeNumber, value),
  parseValue: (value) => minorOf(value) ?? refuse('MinorUnits', wholeNumber, value),
  parseLiteral: (node) => (node.kind === Kind.INT ? exactly(BigInt(node.value)) : undefined) ?? refuse('MinorUnits', wholeNumber, shown(node)),
});

/** A currency of the list in currencies.ts. */
export const CurrencyCode = textScalar('CurrencyCode', 'A currency by ISO 4217: three upper-case letters such as BDT or EUR.', {
  expected: 'an ISO 4217 code such as BDT',
  read: (text) => (isCurrency(text) ? text : undefined),
});

/** A country. XK is left out, which ISO leaves to its users. */
export const CountryCode = textScalar('CountryCode', 'A country by ISO 3166-1 alpha-2: two upper-case letters such as BD or SE.', {
  expected: 'an ISO 3166-1 alpha-2 code such as BD',
  read: (text) => (/^[A-Z]{2}$/.test(text) && text !== 'XK' && isCountry(text) ? text : undefined),
});

/** A language, kept in its canonical spelling. */
export const Locale = textScalar('Locale', 'A language by BCP 47 such as en, bn-BD or zh-Hant; answered in its canonical spelling.', {
  expected: 'a BCP 47 tag such as bn-BD',
  read: canonicalLocale,
});

/** Data that is free by nature, such as a provider's own answer. */
export const JSONValue = new GraphQLScalarType<unknown, unknown>({
  ...GraphQLJSON.toConfig(),
  name: 'JSON',
  description: `Any JSON value, nested at most ${jsonDepthMax} levels deep. Used only where the data is free by nature.`,
  parseValue: shallow,
  parseLiteral: (node, variables) => shallow(GraphQLJSON.parseLiteral(node, variables)),
  extensions: {},
});

function textScalar(name: string, description: string, rule: { expected: string; read(text: string): string | undefined }): GraphQLScalarType<string, string> {
  const read = (value: unknown): string => (typeof value === 'string' ? rule.read(value) : undefined) ?? refuse(name, rule.expected, value);
  return new GraphQLScalarType<string, string>({
    name, description, serialize: read, parseValue: read, parseLiteral: (node) => read(textOf(node) ?? shown(node)),
  });
}

/** The moment a text names, or undefined when it names none. A leap second has no place in a Date, and is refused. */
function momentOf(value: unknown): Date | undefined {
  const parts = typeof value === 'string' ? rfc3339.exec(value) : null;
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const isDay = day >= 1 && month >= 1 && month <= 12 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const moment = isDay && hour < 24 && minute < 60 && second < 60 ? new Date(parts[0]) : undefined;
  return moment && !Number.isNaN(moment.getTime()) && moment.getUTCFullYear() >= 0 && moment.getUTCFullYear() <= 9999 ? moment : undefined;
}

function minorOf(value: unknown): number | undefined {
  // Adding 0 turns -0, which JSON can carry, into 0.
  return typeof value === 'number' && Number.isSafeInteger(value) ? value + 0 : undefined;
}

function exactly(value: bigint): number | undefined {
  return minorOf(Number(value));
}

function isCountry(text: string): boolean {
  try {
    return GraphQLCountryCode.parseValue(text) === text;
  } catch {
    return false;
  }
}

function canonicalLocale(text: string): string | undefined {
  if (text.length > localeCharactersMax) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}

function shallow(value: unknown): unknown {
  if (isDeeperThan(value, jsonDepthMax)) throw refused('JSON', `at most ${jsonDepthMax} levels`, '…');
  return value;
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

function textOf(node: ValueNode): string | undefined {
  return node.kind === Kind.STRING ? node.value : undefined;
}

/** A literal as its writer sees it; a kind such as a list has no short text. */
function shown(node: ValueNode): unknown {
  if (node.kind === Kind.STRING) return node.value;
  return node.kind === Kind.INT || node.kind === Kind.FLOAT ? Number(node.value) : { [node.kind]: '' };
}

function refuse(scalar: string, expected: string, came: unknown): never {
  throw refused(scalar, expected, came);
}

/** Says what was expected and what came, the latter cut short. */
function refused(scalar: string, expected: string, came: unknown): GraphQLError {
  const kind = typeof came;
  const text = kind === 'string' ? JSON.stringify((came as string).slice(0, 60)) : kind === 'number' || kind === 'bigint' || kind === 'boolean' ? String(came) : `a value of kind ${came === null ? 'null' : kind}`;
  const message = `${scalar}: expected ${expected}, came ${text}.`;
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', problems: [{ path: [], message }] } });
}
