import { newId } from '@haat/kit/id';
import { parsed } from '@haat/kit/input';
import { lineOf } from '@haat/kit/limits';
import { resultOf } from '@haat/kit/result';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { PricingTx } from '../context.js';
import { taxClassesMax } from '../limits.js';
import { LimitReached } from '../names.js';
import { TaxClass } from './tax-class.js';

/** A class of goods. */
@InputType({ description: 'A class of goods that are taxed alike: made where no class has its key, renamed otherwise.' })
export class SaveTaxClassInput {
  @Field(() => String, { description: 'What product types call it: 1 to 40 of a-z, 0-9 and hyphen, beginning with a letter.' }) key: string;
  @Field(() => String, { description: 'What people call it, 1 to 120 characters.' }) name: string;
}

/** The class, or why there is none. */
export const SaveTaxClassResult = resultOf('SaveTaxClassResult', 'The class of goods, or why there is none.', [TaxClass, LimitReached]);

/** How classes are named by programs. */
export const taxClassKey = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected 1 to 40 of a-z, 0-9 and hyphen, beginning with a letter');
const rules = z.object({ key: taxClassKey, name: lineOf(120) });

/** Makes or renames a class. */
export async function saveTaxClass(tx: PricingTx, input: SaveTaxClassInput): Promise<TaxClass | LimitReached> {
  const { key, name } = parsed(rules, input);
  if ((await tx.db.countBy(TaxClass, {})) >= taxClassesMax && !(await tx.db.existsBy(TaxClass, { key }))) return LimitReached.of('tax classes', taxClassesMax);
  await tx.db.query(
    `insert into tax_class as c (id, key, name) values ($1, $2, $3) on conflict (tenant_id, key) do update set name = excluded.name, version = c.version + 1, updated_at = now()`,
    [newId('txc', tx.clock.now()), key, name]);
  return tx.db.findOneByOrFail(TaxClass, { key });
}
