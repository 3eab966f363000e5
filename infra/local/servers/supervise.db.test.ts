import { expect, test } from 'vitest';
import type { HeldKind } from './hold-server.js';
import { isPortFree } from './free-port.js';
import { holdServer, isGone, temporaryFolder } from './server-fixture.js';

const KINDS: HeldKind[] = ['postgres', 'nats', 'mail'];

test.each(KINDS)('%s ends when the process that started it is killed', async (kind) => {
  const folder = await temporaryFolder();
  const held = await holdServer(kind, folder.path);
  expect(await isPortFree(Number(new URL(held.url).port))).toBe(false);
  await held.killParent();
  expect(await isGone(held.pid)).toBe(true);
  expect(await isPortFree(Number(new URL(held.url).port))).toBe(true);
  await folder.remove();
}, 240_000);
