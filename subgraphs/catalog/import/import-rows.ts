import type { Page } from '@haat/kit/page';
import { badCursor, cursorsOf } from '@haat/kit/page-cursor';
import { pageFrom } from '@haat/kit/page-of';
import { pageRange, type PageArguments } from '@haat/kit/page-range';
import type { CatalogContext } from '../context.js';
import { chunkId, ImportRowStatus, type ImportRow } from './import-job.row.js';
import { ImportRowResult } from './import-job.type.js';

/** Chunks of one import that are read at once, at most. */
const chunksAtOnce = 8;

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

/** Chunks of all imports of a list are read together, more at once the more of them a page takes: few rows may be of the status asked for. */
async function* rowsFrom(ctx: CatalogContext, { uploadId, chunks, run: latest }: ImportRow, first: number): AsyncGenerator<Placed> {
  if (!uploadId) return;
  for (let [at, count] = [first, 1]; at < chunks; [at, count] = [at + count, Math.min(2 * count, chunksAtOnce)]) {
    const numbers = Array.from({ length: Math.min(count, chunks - at) }, (_, n) => at + n);
    const read = await Promise.all(numbers.map((number) => ctx.loaders.importChunksById.load(chunkId(uploadId, number))));
    for (const [n, chunk] of read.entries()) {
      for (const [row, { number }] of chunk?.rows.entries() ?? []) {
        const { status = ImportRowStatus.WAITING, productId, errors = [] } = (chunk?.run === latest ? chunk.results[row] : undefined) ?? {};
        yield { chunk: at + n, row: Object.assign(new ImportRowResult(), { number, status, productId, errors }) };
      }
    }
  }
}
