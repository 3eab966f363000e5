import type { Page } from '@haat/kit/page';
import { badCursor, cursorsOf } from '@haat/kit/page-cursor';
import { pageFrom } from '@haat/kit/page-of';
import { pageRange, type PageArguments } from '@haat/kit/page-range';
import type { CatalogContext } from '../context.js';
import { chunksOf } from './error-file.js';
import { ImportRowStatus, type ImportRow } from './import-job.row.js';
import { ImportRowResult } from './import-job.type.js';

/** A row, and the chunk it lies in. */
interface Placed {
  readonly chunk: number;
  readonly row: ImportRowResult;
}

/** Rows of an import in the order of the file, of one status where it is given. A cursor names the chunk, so that a page deep in a file begins there. */
export async function importRowsOf(ctx: CatalogContext, job: ImportRow, args: PageArguments, status?: ImportRowStatus | null): Promise<Page<ImportRowResult>> {
  const range = pageRange(args);
  const cursors = cursorsOf({ tenantId: ctx.tenant.id, list: `rows of ${job.uploadId ?? job._id} ${status ?? ''}` });
  const [chunk = 0, number = 0] = (cursors.read(range) ?? []).map(Number);
  if (!Number.isInteger(chunk) || !Number.isInteger(number)) throw badCursor('after');
  const found: Placed[] = [];
  for await (const placed of rowsFrom(ctx, job, chunk)) {
    if (placed.row.number <= number || (status && placed.row.status !== status)) continue;
    found.push(placed);
    if (found.length > range.count) break;
  }
  const page = pageFrom(found, range, (placed) => cursors.write([String(placed.chunk), String(placed.row.number)]));
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: node.row }));
  return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo };
}

async function* rowsFrom(ctx: CatalogContext, job: ImportRow, first: number): AsyncGenerator<Placed> {
  let chunk = first;
  for await (const { rows, results, run } of chunksOf(ctx, job, first)) {
    for (const [at, { number }] of rows.entries()) {
      const result = run === job.run ? results[at] : undefined;
      const { status = ImportRowStatus.WAITING, productId, errors = [] } = result ?? {};
      yield { chunk, row: Object.assign(new ImportRowResult(), { number, status, productId, errors }) };
    }
    chunk += 1;
  }
}
