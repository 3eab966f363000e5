import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Refusal } from '@haat/kit/refusal';
import { root } from './root.js';

it('loads one kit, whether it is named as a package or as a file', async () => {
  const file = (await import(pathToFileURL(join(root, 'subgraphs/kit/dist/refusal.js')).href)) as { Refusal: unknown };
  expect(file.Refusal).toBe(Refusal);
});

it('loads one graphql, from every package and by both ways of loading', async () => {
  const kit = createRequire(import.meta.resolve('@haat/kit/refusal'));
  const gateway = createRequire(join(root, 'gateway/package.json'));
  const imported = (await import(pathToFileURL(kit.resolve('graphql')).href)) as { GraphQLSchema: unknown };
  const schemas = [kit, gateway].map((load) => (load('graphql') as { GraphQLSchema: unknown }).GraphQLSchema);
  expect(new Set([imported.GraphQLSchema, ...schemas]).size).toBe(1);
});

it('runs on the Node that the product runs on', () => {
  expect(Number.parseInt(process.versions.node, 10)).toBeGreaterThanOrEqual(22);
});
