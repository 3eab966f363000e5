import 'reflect-metadata';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, type ValueTransformer } from 'typeorm';
import { allocate } from './allocate.js';
import { exponentOf } from './currencies.js';
import { invariant } from './invariant.js';
import { badInput } from './refusal.js';
import { CurrencyCode, MinorUnits } from './scalars.js';

/**
 * A Postgres `bigint` as a number, exact or not at all. For columns of minor units outside {@link Money}, too.
 * The driver gives bigint as text, since it may lie beyond 2^53 − 1.
 */
export const minorColumn: ValueTransformer = {
  to: (value: number | null | undefined) => (value === null || value === undefined ? value : exact(BigInt(value), 'minor')),
  from: (value: string | number | null | undefined) => (value === null || value === undefined ? value : exact(BigInt(value), 'minor')),
};

/** What money looks like as plain data: in events, asks and documents. */
export interface MoneyFacts {
  readonly minor: number;
  readonly currency: string;
}

/**
 * An amount of one currency in its minor units: GraphQL type and embedded columns (`<property>_minor bigint`,
 * `<property>_currency char(3)`) in one. Immutable by habit: every operation makes a new one. Mixing currencies is our bug
 * (invariant); going beyond ±(2^53 − 1) is refused with `BAD_USER_INPUT`, since only an input can lead there.
 */
@Directive('@shareable')
@ObjectType('Money', { description: "An amount of one currency, counted in the currency's smallest unit." })
export class Money implements MoneyFacts {
  @Field(() => MinorUnits, { description: "The amount in the currency's smallest unit: 1250 is 12.50 BDT, or 1250 JPY." })
  @Column({ type: 'bigint', transformer: minorColumn })
  readonly minor: number;

  @Field(() => CurrencyCode, { description: 'The currency of this amount, by ISO 4217.' })
  @Column({ type: 'char', length: 3 })
  readonly currency: string;

  /** Exact text with the currency's own number of decimals: `12.50`, `-0.05`, `1250` for JPY. */
  @Field(() => String, { description: "The amount as exact decimal text with the currency's own number of decimals, such as 12.50." })
  get decimal(): string {
    return decimalOf(this.minor, this.currency);
  }

  /** Money of whole minor units in an ISO 4217 currency. */
  static of(minor: number, currency: string): Money {
    invariant(exponentOf(currency) !== undefined, `No such currency: ${currency}.`);
    return Object.assign(new Money(), { minor: exact(BigInt(minor), 'minor'), currency });
  }

  /** Money of plain data: an event's payload, an input, a document. */
  static from(facts: MoneyFacts): Money {
    return Money.of(facts.minor, facts.currency);
  }

  /** What TypeORM read from columns that may be null: it makes a Money of nulls, where there is none. */
  static orNull(read: Money | null | undefined): Money | null {
    return typeof read?.minor === 'number' ? read : null;
  }

  /** Nothing, in a currency. */
  static zero(currency: string): Money {
    return Money.of(0, currency);
  }

  /**
   * Reads decimal text such as `12.5` or `-3`, exactly: no grouping, no exponent, no more decimals than the currency has
   * (zeros behind them may be there). Refuses anything else with `BAD_USER_INPUT` at `path`.
   */
  static parse(text: string, currency: string, path: readonly (string | number)[] = ['amount']): Money {
    const exponent = exponentOf(currency);
    const parts = /^(-?)(\d{1,16})(?:\.(\d{1,20}))?$/.exec(text);
    const [, sign, whole = '', fraction = ''] = parts ?? [];
    if (!parts || exponent === undefined || /[1-9]/.test(fraction.slice(exponent))) {
      throw badInput([{ path, message: `expected an amount of ${currency} with at most ${exponent ?? 0} decimals, came ${JSON.stringify(text.slice(0, 40))}` }]);
    }
    return Money.of(exact(BigInt(`${sign ?? ''}${whole}${fraction.slice(0, exponent).padEnd(exponent, '0')}`), path), currency);
  }

  /** Adds up any number of amounts of one currency; none is zero. */
  static sum(amounts: readonly MoneyFacts[], currency: string): Money {
    return amounts.reduce<Money>((total, amount) => total.add(amount), Money.zero(currency));
  }

  add(other: MoneyFacts): Money {
    return this.#with(BigInt(this.minor) + BigInt(this.#same(other).minor));
  }

  subtract(other: MoneyFacts): Money {
    return this.#with(BigInt(this.minor) - BigInt(this.#same(other).minor));
  }

  /** Times a whole number, such as a quantity. For rates see tax.ts and round-div.ts. */
  multiply(times: number): Money {
    invariant(Number.isSafeInteger(times), `Money is multiplied by whole numbers, came ${times}.`);
    return this.#with(BigInt(this.minor) * BigInt(times));
  }

  /** Split by weights so that the parts add up to it again: see {@link allocate}. */
  allocate(weights: readonly number[]): Money[] {
    return allocate(this.minor, weights).map((minor) => Money.of(minor, this.currency));
  }

  negate(): Money {
    return Money.of(-this.minor, this.currency);
  }

  equals(other: MoneyFacts): boolean {
    return this.minor === other.minor && this.currency === other.currency;
  }

  #same(other: MoneyFacts): MoneyFacts {
    invariant(other.currency === this.currency, `Money of two currencies cannot be put together: ${this.currency} and ${other.currency}.`);
    return other;
  }

  #with(minor: bigint): Money {
    return Money.of(exact(minor, 'minor'), this.currency);
  }
}

function exact(minor: bigint, at: string | readonly (string | number)[]): number {
  const number = Number(minor);
  if (Number.isSafeInteger(number)) return number;
  throw badInput([{ path: typeof at === 'string' ? [at] : at, message: `expected an amount within ±${Number.MAX_SAFE_INTEGER} minor units, came ${minor}` }]);
}

function decimalOf(minor: number, currency: string): string {
  const exponent = exponentOf(currency);
  invariant(exponent !== undefined, `No such currency: ${currency}.`);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const point = digits.length - exponent;
  return `${minor < 0 ? '-' : ''}${digits.slice(0, point)}${exponent > 0 ? '.' : ''}${digits.slice(point)}`;
}
