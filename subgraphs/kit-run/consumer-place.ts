import { streamOf } from '@haat/schema/event';
import { NatsError, type ConsumerInfo, type JetStreamManager } from 'nats';
import type { Consumer } from '@haat/kit/define';
import { streamInfo } from './relay-stream.js';
import { consumerConfigOf } from './streams.js';

/** JetStream's own numbers for what is not there. */
const consumerNotFound = 10_014;

/** Where a subgraph begins to read a stream. */
export interface Place {
  /** Sequences up to this were under way when an earlier process died: they are taken one by one. Else 0. */
  readonly carefulUntil: number;
  /** How many processes in a row died with the same first event under way. */
  readonly deaths: number;
}

/** What the place in the stream says of itself: strings, since that is what the broker keeps. */
interface Note {
  /** Which sequence it was made to begin at, so that a place made by somebody else is known. */
  readonly from: string;
  /** The contracts it was made for. */
  readonly heard: string;
  readonly deaths: string;
  /** `yes` while somebody reads; a reader that stops well says `no`. */
  readonly reading: string;
}

/** Whose place, in whose stream. */
export interface PlaceOptions {
  readonly subgraph: string;
  readonly producer: string;
  readonly consumers: readonly Consumer[];
}

/**
 * Puts a subgraph's place in a stream back to the first event it has not acknowledged, so that events come in order again
 * whatever was under way: a broker gives new ones before it repeats old ones. A place that is missing, was made by
 * somebody else or for other contracts begins at the beginning; the inbox knows what was applied.
 */
export async function takePlace(manager: JetStreamManager, options: PlaceOptions, isFirst: boolean): Promise<Place> {
  const { subgraph, producer, consumers } = options;
  const stream = streamOf(producer);
  const before = await placeInfo(manager, stream, subgraph);
  const note = before?.config.metadata as Partial<Note> | undefined;
  const heard = heardBy(consumers);
  const known = before && isOurs(before, note, heard) ? before.ack_floor.stream_seq + 1 : 1;
  // A stream put back to an older state ends before the place that was kept in it.
  const from = Math.min(known, ((await streamInfo(manager, stream))?.state.last_seq ?? 0) + 1);
  const deaths = deathsOf(before, note, isFirst, from);
  if (before) await manager.consumers.delete(stream, subgraph);
  const metadata = { from: String(from), heard, deaths: String(deaths), reading: 'yes' };
  await manager.consumers.add(stream, consumerConfigOf(subgraph, consumers.map(({ contract }) => contract), { from, metadata }));
  return { deaths, carefulUntil: deaths > 0 && before ? before.delivered.stream_seq : 0 };
}

/** Notes that whoever read here stopped well, so that what is left under way is nobody's death. */
export async function leavePlace(manager: JetStreamManager, { subgraph, producer }: PlaceOptions): Promise<void> {
  const before = await placeInfo(manager, streamOf(producer), subgraph);
  if (!before) return;
  await manager.consumers.update(streamOf(producer), subgraph, { metadata: { ...before.config.metadata, reading: 'no' } });
}

async function placeInfo(manager: JetStreamManager, stream: string, name: string): Promise<ConsumerInfo | undefined> {
  try {
    return await manager.consumers.info(stream, name);
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.err_code === consumerNotFound) return undefined;
    throw error;
  }
}

function isOurs({ config }: ConsumerInfo, note: Partial<Note> | undefined, heard: string): boolean {
  return note?.from === String(config.opt_start_seq ?? 1) && note.heard === heard;
}

/** One more when the reader before died in the middle; from the start again when it got any further than the one before it. */
function deathsOf(before: ConsumerInfo | undefined, note: Partial<Note> | undefined, isFirst: boolean, from: number): number {
  if (!isFirst || !before || note?.reading !== 'yes' || before.num_ack_pending === 0) return 0;
  return note.from === String(from) ? Number(note.deaths ?? 0) + 1 : 1;
}

function heardBy(consumers: readonly Consumer[]): string {
  return [...new Set(consumers.map(({ contract }) => contract.key))].sort().join(' ');
}
