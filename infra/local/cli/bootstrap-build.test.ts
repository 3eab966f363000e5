import { existsSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bareCheckout, type BareCheckout } from './bootstrap-fixture.js';
import { root } from './root.js';

interface Build {
  build(node: string, env: NodeJS.ProcessEnv): Promise<void>;
}

it('compiles once, again after a change, and repairs what is missing', async () => {
  const { checkout, build } = await smallCheckout();
  expect(await build()).toBe('built');
  expect(await build()).toBe('up to date');
  await checkout.write('schema/b.ts', 'export const b = 2;\n');
  expect(await build()).toBe('built');
  await rm(join(checkout.folder, 'schema/dist/a.js'));
  expect(await build()).toBe('built');
  expect(existsSync(join(checkout.folder, 'schema/dist/a.js'))).toBe(true);
});

it('removes what was compiled from a source or a package that is gone', async () => {
  const { checkout, build } = await smallCheckout();
  await checkout.write('schema/old/b.ts', 'export const b = 2;\n');
  await build();
  await rm(join(checkout.folder, 'schema/old'), { recursive: true });
  await checkout.write('subgraphs/gone/dist/c.test.js', '');
  await build();
  for (const stray of ['schema/dist/old', 'subgraphs/gone/dist']) expect(existsSync(join(checkout.folder, stray))).toBe(false);
  expect(existsSync(join(checkout.folder, 'schema/dist/a.js'))).toBe(true);
});

it('fails with one sentence on sources that do not compile, also the second time', async () => {
  const { checkout, build } = await smallCheckout();
  await checkout.write('schema/a.ts', 'export const a: string = 1;\n');
  for (const _ of ['first', 'second']) await expect(build()).rejects.toThrow('The sources do not compile: put right what the lines above name, and run the same command again.');
});

it('names a package that the compiler is not told of', async () => {
  const { checkout, build } = await smallCheckout();
  await checkout.write('subgraphs/new/package.json', '{}');
  await checkout.write('subgraphs/new/main.ts', 'export const main = 1;\n');
  await expect(build()).rejects.toThrow('subgraphs/new was not compiled: name it in the references of tsconfig.json.');
});

/** A workspace of one package, compiled by this checkout's compiler. */
async function smallCheckout(): Promise<{ checkout: BareCheckout; build(): Promise<'built' | 'up to date'> }> {
  const checkout = await bareCheckout(['tsconfig.base.json']);
  onTestFinished(() => checkout[Symbol.asyncDispose]());
  await checkout.write('pnpm-workspace.yaml', 'packages:\n  - schema\n  - subgraphs/*\n\npmOnFail: ignore\n');
  await checkout.write('tsconfig.json', '{ "files": [], "references": [{ "path": "schema" }] }');
  await checkout.write('schema/package.json', '{ "name": "schema", "type": "module" }');
  await checkout.write('schema/tsconfig.json', '{ "extends": "../tsconfig.base.json", "compilerOptions": { "rootDir": ".", "outDir": "dist", "tsBuildInfoFile": "dist/.tsbuildinfo" }, "exclude": ["dist"] }');
  await checkout.write('schema/a.ts', 'export const a = 1;\n');
  await symlink(join(root, 'node_modules'), join(checkout.folder, 'node_modules'));
  const { build } = await checkout.load<Build>('build.mjs');
  return { checkout, build: () => buildAndTell(checkout, build) };
}

async function buildAndTell(checkout: BareCheckout, build: Build['build']): Promise<'built' | 'up to date'> {
  const log = join(checkout.folder, '.data/build.log');
  await rm(log, { force: true });
  await build(process.execPath, process.env);
  return existsSync(log) ? 'built' : 'up to date';
}
