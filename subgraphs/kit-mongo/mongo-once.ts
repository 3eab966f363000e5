import type { RawCollection, RawDocument } from './mongo-raw.js';

/** Marks per document before those no longer needed are dropped. */
export const marksMax = 64;

/** Left in a document by what changed it, so that a repeat of that leaves it alone. */
export interface Mark {
  /** `<consumer>:<aggregate id>`, or `key:<digest>` of an idempotency key. */
  readonly by: string;
  /** The aggregate's version; a repeat of it or of an older one is no effect. */
  readonly version: number;
}

/** What a unit of work does at most once. See decisions/0004-mongo-inbox.md. */
export interface Once extends Mark {
  /** Names the event or key itself, over all tenants: the document it inserts is unique by it. */
  readonly key: string;
}

/** How far each consumer got with each aggregate. */
export interface InboxRow {
  /** `<tenant id>:<consumer>:<aggregate id>`. */
  readonly _id: string;
  readonly version: number;
  /** The last event ids applied, to tell a repeat from an older event. */
  readonly recent: readonly string[];
  readonly appliedAt: Date;
}

/** Whether a document already has the effect. */
export function isMarked(document: RawDocument, once: Once | undefined): boolean {
  return once !== undefined && (document.applied ?? []).some((mark) => mark.by === once.by && mark.version >= once.version);
}

/** Drops marks that an inbox row covers: those events are known to be applied before any document is looked at. */
export async function dropCoveredMarks(documents: RawCollection<RawDocument>, inbox: RawCollection<InboxRow>, document: RawDocument): Promise<void> {
  const marks = document.applied ?? [];
  if (marks.length < marksMax) return;
  const rows = await inbox.find({ _id: { $in: marks.map((mark) => `${document.tenantId}:${mark.by}`) } });
  const reached = new Map(rows.map((row) => [row._id, row.version]));
  const covered = marks.filter((mark) => (reached.get(`${document.tenantId}:${mark.by}`) ?? -1) >= mark.version);
  if (covered.length > 0) await documents.updateOne({ _id: document._id }, { $pullAll: { applied: covered } } as never);
}
