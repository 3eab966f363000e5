import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { supervise } from '../servers/supervise.js';
import { killTools } from './kill-tools.js';

it.runIf(process.platform === 'linux')('kills a tool and what it has started, and leaves what is guarded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'haat-tools-'));
  const guarded = await supervise({ name: 'Sleep', command: '/bin/sleep', args: ['60'], env: {}, logFile: join(folder, 'log'), stopSignal: 'SIGTERM' });
  const tool = spawn('/bin/sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(tool, 'close');
  await once(tool.stdout, 'data');
  killTools();
  // The pipe closes only when the tool's own child, which holds it too, has ended.
  await ended;
  expect(guarded.isRunning()).toBe(true);
  await guarded.stop();
  await rm(folder, { recursive: true });
});
