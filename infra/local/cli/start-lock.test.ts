import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { takeStartLock } from './start-lock.js';

const holder = { pid: process.pid, port: 4000 };

describe('start lock', () => {
  it('tells a second start who runs and how to stop it', async () => {
    const checkout = `/checkout/${randomUUID()}`;
    const lock = await takeStartLock(checkout, holder);
    await expect(takeStartLock(checkout, { pid: 1, port: 4001 })).rejects.toThrow(
      `Haat already runs from this checkout (process ${process.pid}, port 4000): stop it with Ctrl-C or \`kill ${process.pid}\`, or start a second one from another clone.`,
    );
    await lock.release();
  });

  it('is free again when released, and for every other checkout', async () => {
    const checkout = `/checkout/${randomUUID()}`;
    const first = await takeStartLock(checkout, holder);
    await (await takeStartLock(`${checkout}-2`, holder)).release();
    await first.release();
    await (await takeStartLock(checkout, holder)).release();
  });

  it('is given to one of many that ask at once', async () => {
    const checkout = `/checkout/${randomUUID()}`;
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => takeStartLock(checkout, holder)));
    const taken = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(taken).toHaveLength(1);
    await taken[0]?.release();
  });
});
