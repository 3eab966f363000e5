import { parsed } from '@haat/kit/input';
import { idText, lineOf, listOf } from '@haat/kit/limits';
import { badInput, notFound, type InputProblem } from '@haat/kit/refusal';
import { resultOf } from '@haat/kit/result';
import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import type { CatalogTx } from '../context.js';
import { programKey } from '../product-type/define-product-type.js';
import { importToManage } from './find-imports.js';
import { isWhole, mayHave, translatedFields, ImportField, type ColumnMapping } from './import-field.js';
import { ImportStatus, type ImportRow } from './import-job.row.js';
import { ImportJob } from './import-job.type.js';
import { columnCharactersMax, columnsMax } from './import-limits.js';
import { ImportStatusRefused } from './import-problems.js';
import { changeImport } from './import-state.js';

/** What one column means. */
@InputType({ description: 'What one column of an import means.' })
export class ImportMappingInput {
  @Field(() => String, { description: 'The name of the column in the file.' }) column: string;
  @Field(() => ImportField, { description: 'What its cells say of a product.' }) field: ImportField;
  @Field(() => String, { nullable: true, description: 'Of which attribute or option, or in which language, where the field needs it.' }) key?: string | null;
}

/** What the columns mean. */
@InputType({ description: 'What the columns of an import mean; those left out are passed over.' })
export class MapImportInput {
  @Field(() => ID, { description: 'The import whose columns these are; begins with imp_.' }) importId: string;
  @Field(() => [ImportMappingInput], { description: 'All columns that mean something, at most 200; one must be the SKU.' }) mapping: ImportMappingInput[];
  @Field(() => String, { nullable: true, description: 'The key of the product type of new products whose row names none.' }) productType?: string | null;
}

/** The import, or why it stays as it was. */
export const MapImportResult = resultOf('MapImportResult', 'The import with its mapping, or why it was left.', [ImportJob, ImportStatusRefused]);

const entry = z.object({ column: z.string().max(columnCharactersMax), field: z.enum(ImportField), key: lineOf(60).nullish() });
const rules = z.object({ importId: idText, mapping: listOf(entry, columnsMax), productType: programKey.nullish() });

const mappable: ReadonlySet<ImportStatus> = new Set([ImportStatus.MAPPING, ImportStatus.MAPPED, ImportStatus.CHECKED]);

/** Says what the columns mean. A dry run before it counts no more. */
export async function mapImport(tx: CatalogTx, input: MapImportInput): Promise<ImportJob | ImportStatusRefused> {
  const { importId, productType, ...wish } = parsed(rules, input);
  const mapping = wish.mapping.map(({ column, field, key }): ColumnMapping => ({ column, field, ...(key && { key }) }));
  const standing = await importToManage(tx, importId);
  if (!standing) throw notFound('import');
  if (!mappable.has(standing.status)) return ImportStatusRefused.of(standing.status);
  check(tx, standing, mapping);
  const status = isWhole(mapping) ? ImportStatus.MAPPED : ImportStatus.MAPPING;
  let refused: ImportStatusRefused | undefined;
  const kept = await changeImport(tx, importId, (current) => {
    refused = mappable.has(current.status) ? undefined : ImportStatusRefused.of(current.status);
    return refused ? undefined : { ...current, mapping: [...mapping], productType: productType ?? undefined, status };
  });
  if (!kept) throw notFound('import');
  return refused ?? ImportJob.of(kept);
}

function check(tx: CatalogTx, { columns, locales }: ImportRow, mapping: readonly ColumnMapping[]): void {
  const problems = mapping.flatMap(({ column, field, key }, at): InputProblem[] => {
    const told = (path: string, message: string): InputProblem[] => [{ path: ['input', 'mapping', at, path], message }];
    if (!columns.includes(column)) return told('column', `expected a column of the file, came “${column}”`);
    if (!mayHave(field, key)) return told('key', key === undefined ? `expected a key for ${field}` : `expected no key for ${field}`);
    if (translatedFields.has(field) && key !== undefined && !locales.includes(key)) return told('key', `expected a language of ${locales.join(', ')}, came ${key}`);
    const isTwice = mapping.findIndex((other) => other.field === field && other.key === key) < at;
    return isTwice ? told('field', `expected ${field}${key ? ` ${key}` : ''} once`) : [];
  });
  if (problems.length > 0) throw badInput(problems);
}
