import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { bareCheckout } from './bootstrap-fixture.js';

const MANIFESTS = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', 'infra/local/package.json'];
/** Nobody listens on port 9 of this machine; trying once is enough to know. */
const UNREACHABLE = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };
const SYSTEM_PATH = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':');

it('answers an unreachable registry with one sentence that says what to do', async () => {
  await using checkout = await bareCheckout(MANIFESTS);
  await mkdir(join(checkout.folder, 'home'));
  const { code, output } = await checkout.run(['start'], { ...UNREACHABLE, PATH: SYSTEM_PATH, HOME: join(checkout.folder, 'home') });
  expect(output.trim().split('\n')).toEqual([
    'installing packages …',
    'The package registry at http://127.0.0.1:9/ cannot be reached: connect to the network, or set the proxy or registry that npm shall use, and run the same command again.',
  ]);
  expect(code).toBe(1);
});

it('says the same without a home folder, and keeps its caches in the checkout', async () => {
  await using checkout = await bareCheckout(MANIFESTS);
  const { output } = await checkout.run(['test'], { ...UNREACHABLE, PATH: SYSTEM_PATH, HOME: '/nonexistent' });
  expect(output).toContain('cannot be reached');
  expect(output).not.toContain('    at ');
});

it('answers a machine without npm with one sentence', async () => {
  await using checkout = await bareCheckout(MANIFESTS);
  await mkdir(join(checkout.folder, 'tools'));
  await symlink(process.execPath, join(checkout.folder, 'tools/node'));
  const { code, output } = await checkout.run(['test'], { PATH: join(checkout.folder, 'tools'), HOME: checkout.folder });
  expect(output).toContain("npx is missing: install Node with its npm, from https://nodejs.org or your system's packages.");
  expect(code).toBe(1);
});

it('answers an unknown command with the known ones', async () => {
  await using checkout = await bareCheckout();
  const { code, output } = await checkout.run(['strat'], { PATH: SYSTEM_PATH });
  expect(output.trim()).toBe('Say what to do: node infra/bootstrap.mjs start|test|generate|check|bench [options].');
  expect(code).toBe(1);
});
