import { expect, it } from 'vitest';
import { Running } from './running.js';

it('stops parts in reverse order, and waits for one that is still coming up', async () => {
  const stopped: string[] = [];
  const part = (name: string) => ({ close: async () => void stopped.push(name) });
  const running = new Running();
  await running.add('servers', Promise.resolve(part('servers')));
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof part>>();
  const coming = running.add('marketplace', promise);
  const stopping = running.stop();
  resolve(part('marketplace'));
  await Promise.all([stopping, coming]);
  expect(stopped).toEqual(['marketplace', 'servers']);
});

it('leaves a part alone that failed to start', async () => {
  const running = new Running();
  await expect(running.add('servers', Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
  await running.stop();
});
