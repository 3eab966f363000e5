import { defineCollection, type Stored } from '@haat/kit-mongo/define-collection';
import { z } from 'zod';
import { ImportField } from './import-field.js';

/** What a file of an import is. */
export enum ImportFormat { CSV = 'CSV', JSONL = 'JSONL' }

/** How far an import is. */
export enum ImportStatus {
  PENDING = 'PENDING', MAPPING = 'MAPPING', MAPPED = 'MAPPED', CHECKING = 'CHECKING', CHECKED = 'CHECKED', RUNNING = 'RUNNING',
  COMPLETED = 'COMPLETED', FAILED = 'FAILED', CANCELLED = 'CANCELLED',
}

/** An import. Its rows are in chunks of their own; `nextChunk` is where a run goes on after whatever happened to it. */
export const imports = defineCollection({
  name: 'imports',
  schema: z.object({
    /** Whose products it makes; the operators' where it is absent. */
    vendorId: z.string().optional(),
    format: z.enum(ImportFormat),
    status: z.enum(ImportStatus),
    /** The languages of the marketplace when it began, the default one first. */
    locales: z.array(z.string()),
    /** Products that the plan allowed when it was run; absent where it set no limit. */
    productsMax: z.int().optional(),
    /** The upload that counts; rows of others are left to be forgotten. */
    uploadId: z.string().optional(),
    columns: z.array(z.string()),
    /** Between the cells of CSV. */
    delimiter: z.string().optional(),
    mapping: z.array(z.object({ column: z.string(), field: z.enum(ImportField), key: z.string().optional() })),
    productType: z.string().optional(),
    rows: z.int().optional(),
    chunks: z.int(),
    isDryRun: z.boolean(),
    publishes: z.boolean(),
    /** Whether what it makes may be seen and sold: not while its vendor waits to be approved. */
    maySell: z.boolean(),
    /** Counts the runs, so that what a chunk remembers of an earlier one does not count. */
    run: z.int(),
    nextChunk: z.int(),
    done: z.int(),
    failed: z.int(),
    created: z.int(),
    changed: z.int(),
    /** How often the next chunk was tried in vain. */
    tries: z.int(),
    /** Why it failed, in words. */
    problem: z.string().optional(),
    startedAt: z.date().optional(),
    finishedAt: z.date().optional(),
    /** Set while it runs: since when it waits to go on. */
    runAt: z.date().optional(),
  }),
  indexes: [{ name: 'byVendor', keys: { vendorId: 1, createdAt: 1 } }, { name: 'byTime', keys: { createdAt: 1 } }],
  due: ['runAt'],
});
/** An import as it is kept. */
export type ImportRow = Stored<z.infer<typeof imports.outgoing>>;

/** What became of a row. */
export enum ImportRowStatus { WAITING = 'WAITING', ACCEPTED = 'ACCEPTED', IMPORTED = 'IMPORTED', FAILED = 'FAILED' }

const rowResult = z.object({
  status: z.enum(ImportRowStatus), productId: z.string().optional(), errors: z.array(z.string()).optional(),
  /** Whether the run made or changed a product by it. */
  effect: z.enum(['CREATED', 'CHANGED']).optional(),
});
/** What became of a row. */
export type RowResult = z.infer<typeof rowResult>;

const stagedRow = z.object({
  /** Counted from 1, without the line of columns. */
  number: z.int(),
  raw: z.string(),
  /** Why it could not even be read, in words. */
  refused: z.string().optional(),
});
/** A row as it was uploaded. */
export type StagedRow = z.infer<typeof stagedRow>;

/** Rows of an import that are written together. `_id` is `<upload id>:<number of the chunk, six digits>`. */
export const importChunks = defineCollection({
  name: 'import_chunks',
  schema: z.object({
    importId: z.string(),
    uploadId: z.string(),
    rows: z.array(stagedRow),
    /** The run that the results are of. */
    run: z.int(),
    results: z.array(rowResult),
    hasFailed: z.boolean(),
    forgetAt: z.date(),
  }),
  indexes: [{ name: 'byUpload', keys: { uploadId: 1, _id: 1 } }],
  due: ['forgetAt'],
});
/** A chunk as it is kept. */
export type ChunkRow = Stored<z.infer<typeof importChunks.outgoing>>;

/** The `_id` of a chunk, counted from 0. */
export function chunkId(uploadId: string, number: number): string {
  return `${uploadId}:${String(number).padStart(6, '0')}`;
}
