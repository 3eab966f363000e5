import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { expectNone } from './finding.js';
import { checkout, kits, projectFiles } from './sources.js';

const topLevel = ['gateway', 'subgraphs', 'schema', 'clients', 'infra', 'test'];
const ofTools = /^(package\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|turbo\.json|tsconfig(\.base)?\.json|vitest\.config\.mjs|README\.md|LICENSE|\.gitignore)$/;

describe('the checkout', () => {
  it('has a README that says the two commands', () => {
    const text = projectFiles().includes('README.md') ? readFileSync(join(checkout, 'README.md'), 'utf8') : '';
    expectNone(['npm start', 'npm test'].filter((command) => !text.includes(command)).map((command) => `README.md:1: does not say ${command}`));
  });

  it('has nothing at its top but the six folders and what tools need', () => {
    const odd = projectFiles().filter((path) => !ofTools.test(path) && ![...topLevel, '.ci'].includes(path.split('/')[0] ?? ''));
    expectNone(odd.map((path) => `${path}:1: does not belong at the top of the checkout`));
  });

  it('has a README in each package that people change contracts or shared code in', () => {
    const files = projectFiles();
    expectNone(['schema/README.md', ...kits.map((name) => `${name}/README.md`)].filter((path) => !files.includes(path)).map((path) => `${path}:1: is not there`));
  });
});
