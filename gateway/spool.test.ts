import { once } from 'node:events';
import { ReadStream } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { spool, SpoolRoom, type SpoolLimits } from './spool.js';

describe('a body that waits in a file', () => {
  const large = async function* () {
    for (let n = 0; n < 5; n += 1) yield new Uint8Array(100_000).fill(n);
  };

  const limits = (): SpoolLimits => ({ bytesMax: 1_000_000, room: new SpoolRoom(1_000_000), pay: () => undefined });

  it('is sent on as it came', async () => {
    await using body = await spool(large(), limits());
    const parts: Uint8Array[] = [];
    for await (const part of body.content() as AsyncIterable<Uint8Array>) parts.push(part);
    const sent = Buffer.concat(parts);
    expect([body.bytes, sent.length, sent[0], sent[499_999]]).toEqual([500_000, 500_000, 0, 4]);
  });

  it.each([['before it is open', false], ['when it is open', true]])('is closed with its file though nobody reads it: %s', async (_, isOpen) => {
    const body = await spool(large(), limits());
    const content = body.content() as ReadStream;
    if (isOpen) await once(content, 'open');
    await body[Symbol.asyncDispose]();
    expect([content instanceof ReadStream, content.closed]).toEqual([true, true]);
  });
});
