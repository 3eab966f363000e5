import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invariant } from '@haat/kit/invariant';
import { Money } from '@haat/kit/money';

const schema = `money_${randomBytes(6).toString('hex')}`;

@Entity('price', { schema })
class PriceRow {
  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column(() => Money)
  current: Money;

  @Column(() => Money)
  was: Money | null;
}

let source: DataSource;

beforeAll(async () => {
  const url = process.env['HAAT_TEST_POSTGRES_URL'];
  invariant(url, 'HAAT_TEST_POSTGRES_URL must name a Postgres server.');
  source = await new DataSource({ type: 'postgres', url, entities: [PriceRow] }).initialize();
  await source.query(`create schema ${schema}`);
  await source.query(`create table ${schema}.price (id text primary key, "currentMinor" bigint not null, "currentCurrency" char(3) not null, "wasMinor" bigint, "wasCurrency" char(3))`);
});

afterAll(async () => {
  await source.query(`drop schema ${schema} cascade`);
  await source.destroy();
});

describe('Money in columns', () => {
  it.each([0, -5, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])('keeps %d and is Money again', async (minor) => {
    await source.manager.save(Object.assign(new PriceRow(), { id: `p${minor}`, current: Money.of(minor, 'BDT') }));
    const row = await source.manager.findOneByOrFail(PriceRow, { id: `p${minor}` });
    expect(row.current).toBeInstanceOf(Money);
    expect(row.current.equals(Money.of(minor, 'BDT'))).toBe(true);
    expect(row.current.decimal).toBe(Money.of(minor, 'BDT').decimal);
  });

  it('keeps nothing as null', async () => {
    await source.manager.save(Object.assign(new PriceRow(), { id: 'now', current: Money.of(1, 'BDT'), was: null }));
    const row = await source.manager.findOneByOrFail(PriceRow, { id: 'now' });
    expect(Money.orNull(row.was)).toBeNull();
    expect(Money.orNull(row.current)).toEqual(Money.of(1, 'BDT'));
  });

  it('refuses to read an amount that a number cannot hold', async () => {
    await source.query(`insert into ${schema}.price values ('huge', 9007199254740992, 'BDT')`);
    await expect(source.manager.findOneBy(PriceRow, { id: 'huge' })).rejects.toThrow(/expected an amount within/);
  });
});
