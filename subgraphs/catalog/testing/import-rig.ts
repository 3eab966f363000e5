import { eventually } from '@haat/kit/testing/eventually';
import type { Asker, CatalogRig } from './catalog-rig.js';

/** What is asked of an import. */
export const importFields = 'id status isDryRun columns mapping { column field key } rowCount doneCount failedCount createdCount changedCount problem uploadPath errorFilePath';

/** An import as it is read. */
export interface ReadImport {
  readonly id: string;
  readonly status: string;
  readonly columns: readonly string[];
  readonly mapping: readonly { readonly column: string; readonly field: string; readonly key: string | null }[];
  readonly rowCount: number | null;
  readonly doneCount: number;
  readonly failedCount: number;
  readonly createdCount: number;
  readonly changedCount: number;
  readonly problem: string | null;
  readonly uploadPath: string;
  readonly errorFilePath: string | null;
}

/** How long an import may take in a test, in milliseconds. */
const withinMs = 60_000;

/** What tests do with imports. */
export class ImportRig {
  constructor(readonly rig: CatalogRig) {}

  /** Begins an import and uploads its file. */
  async uploaded(text: string | Uint8Array, more: { readonly format?: string; readonly vendorId?: string } = {}, as: Asker = {}): Promise<ReadImport> {
    const started = await this.rig.mutate('startImport', { format: 'CSV', ...more }, `... on ImportJob { ${importFields} }`, as);
    const sent = await this.send(started.id, text, as);
    if (sent.status !== 201) throw new Error(sent.body);
    return this.read(started.id, as);
  }

  /** Sends a file to an import. */
  async send(id: string, body: string | Uint8Array | AsyncIterable<Uint8Array>, as: Asker = {}, headers: Record<string, string> = {}): Promise<{ readonly status: number; readonly body: string }> {
    const { rig } = this;
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const answer = await rig.subgraph.send({ tenant: rig.tenant, viewer: rig.operator, ...as }, { method: 'POST', url: `/hooks/catalog/imports/${id}`, body: bytes, headers });
    return { status: answer.status, body: String(answer.body) };
  }

  /** Downloads the rows that failed. */
  async errorFile(id: string, as: Asker = {}): Promise<{ readonly status: number; readonly body: string }> {
    const { rig } = this;
    const answer = await rig.subgraph.send({ tenant: rig.tenant, viewer: rig.operator, ...as }, { method: 'GET', url: `/hooks/catalog/imports/${id}/errors`, body: Buffer.alloc(0) });
    return { status: answer.status, body: String(answer.body) };
  }

  async read(id: string, as: Asker = {}): Promise<ReadImport> {
    return (await this.rig.run<{ importJob: ReadImport }>(`{ importJob(id: "${id}") { ${importFields} } }`, {}, as)).importJob;
  }

  /** Has it run, and waits for its end. */
  async run(id: string, more: object = {}, as: Asker = {}): Promise<ReadImport> {
    await this.rig.mutate('runImport', { importId: id, ...more }, '', as);
    return this.ended(id, as);
  }

  /** Waits until nothing more comes of it. */
  ended(id: string, as: Asker = {}): Promise<ReadImport> {
    return eventually(async () => {
      const job = await this.read(id, as);
      return ['CHECKED', 'COMPLETED', 'FAILED', 'CANCELLED'].includes(job.status) ? job : undefined;
    }, withinMs);
  }

  /** What became of its rows. */
  async rows(id: string, status?: string): Promise<readonly { readonly number: number; readonly status: string; readonly productId: string | null; readonly errors: readonly string[] }[]> {
    const { importJob } = await this.rig.run<{ importJob: { rows: { nodes: never[] } } }>(`{ importJob(id: "${id}") { rows(first: 100${status ? `, status: ${status}` : ''}) { nodes { number status productId errors } } } }`);
    return importJob.rows.nodes;
  }
}
