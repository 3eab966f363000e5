import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { createReadStream, type ReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BodyTooLarge } from '@haat/kit/http';
import { unavailable } from '@haat/kit/refusal';
import { aPart } from './subgraph-breakers.js';

/** Up to this many bytes stay in memory; larger bodies wait in a file. */
const memoryBytesMax = 256 * 1024;

/** A whole body that was read once, so that its digest could be signed before it is sent on. */
export interface SpooledBody extends AsyncDisposable {
  /** Base64url SHA-256. */
  readonly digest: string;
  readonly bytes: number;
  /** The body, to be sent on once. */
  content(): Uint8Array | AsyncIterable<Uint8Array>;
}

/** What bodies that wait to be sent on take together. */
export class SpoolRoom {
  private taken = 0;

  constructor(private readonly bytesMax: number) {}

  /** Refuses with `SUBGRAPH_UNAVAILABLE` while others take all of it. */
  take(bytes: number): void {
    if (this.taken + bytes > this.bytesMax) throw unavailable(aPart);
    this.taken += bytes;
  }

  /** Gives back what was taken. */
  give(bytes: number): void {
    this.taken -= bytes;
  }
}

/** How much one body may be, where it finds room, and who pays for it. */
export interface SpoolLimits {
  readonly bytesMax: number;
  readonly room: SpoolRoom;
  /** Called with the size of each part before it is kept. Throws a refusal to have no more of it. */
  pay(bytes: number): void;
}

/** Reads a body to its end. Throws {@link BodyTooLarge} at the limit. Dispose of it to remove its file. */
export async function spool(body: AsyncIterable<Uint8Array>, { bytesMax, room, pay }: SpoolLimits): Promise<SpooledBody> {
  const hash = createHash('sha256');
  const parts: Uint8Array[] = [];
  let bytes = 0;
  let taken = 0;
  let file: { readonly handle: FileHandle; readonly folder: string } | undefined;
  let reading: ReadStream | undefined;
  const remove = async (): Promise<void> => {
    room.give(taken);
    taken = 0;
    if (reading) await closed(reading);
    await file?.handle.close().catch(() => undefined);
    if (file) await rm(file.folder, { recursive: true, force: true });
  };
  try {
    for await (const part of body) {
      bytes += part.byteLength;
      if (bytes > bytesMax) throw new BodyTooLarge(bytesMax);
      pay(part.byteLength);
      room.take(part.byteLength);
      taken += part.byteLength;
      hash.update(part);
      parts.push(part);
      if (bytes <= memoryBytesMax) continue;
      file ??= await openFile();
      await file.handle.appendFile(Buffer.concat(parts.splice(0)));
    }
  } catch (error) {
    await remove();
    throw error;
  }
  const content = (): Uint8Array | AsyncIterable<Uint8Array> => (file ? (reading = createReadStream(join(file.folder, 'body'))) : Buffer.concat(parts));
  return { digest: hash.digest('base64url'), bytes, content, [Symbol.asyncDispose]: remove };
}

/** Not everybody who is given a body reads it. */
async function closed(reading: ReadStream): Promise<void> {
  if (reading.closed) return;
  // Not `once` of node:events: it throws what went wrong with a file that nobody wants any more.
  await new Promise<void>((resolve) => reading.on('error', () => undefined).once('close', resolve).destroy());
}

async function openFile(): Promise<{ handle: FileHandle; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'haat-hook-'));
  return { folder, handle: await open(join(folder, 'body'), 'wx', 0o600) };
}
