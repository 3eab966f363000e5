import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { root } from './root.js';

interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly version: string;
  readonly bundled: string | undefined;
  readonly own: string;
}

const piece = (name: string): Promise<unknown> => import(pathToFileURL(join(root, 'infra/bootstrap', name)).href);
const { runtimeFor, tooOldToStart } = (await piece('runtime.mjs')) as { runtimeFor(machine: Machine): string; tooOldToStart(version: string): void };
const { knownSentence, sentenceOf } = (await piece('failure.mjs')) as { knownSentence(output: string): string | undefined; sentenceOf(error: Error): string };
const { toolEnv } = (await piece('tool-env.mjs')) as { toolEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv };

describe('which Node runs Haat', () => {
  const machine: Machine = { platform: 'linux', arch: 'x64', version: '20.20.2', bundled: undefined, own: '/usr/bin/node' };

  it('takes the installed one where there is one, whatever started it', () => {
    expect(runtimeFor({ ...machine, bundled: '/haat/node' })).toBe('/haat/node');
  });

  it('takes its own elsewhere when it is new enough', () => {
    expect(runtimeFor({ ...machine, platform: 'darwin', arch: 'arm64', version: '22.0.0' })).toBe('/usr/bin/node');
  });

  it('asks for a newer one otherwise', () => {
    expect(() => runtimeFor({ ...machine, platform: 'darwin', arch: 'arm64' })).toThrow(
      'On darwin arm64 Haat runs on the Node you have, which must be 22 or newer, and this is 20.20.2: install one from https://nodejs.org.',
    );
  });

  it('does not begin on a Node that is too old to install', () => {
    expect(() => tooOldToStart('18.20.4')).toThrow('Haat needs Node 20 or newer, and this is 18.20.4');
    expect(tooOldToStart('20.0.0')).toBeUndefined();
  });
});

describe('sentences', () => {
  it.each([
    ['npm error code ENOSPC', 'The disk is full'],
    ['ERROR  No space left on device (os error 28)', 'The disk is full'],
    ['npm error network getaddrinfo ENOTFOUND registry.example', 'cannot be reached'],
    ['error sending request: client error (Connect)', 'cannot be reached'],
    ['npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'NODE_EXTRA_CA_CERTS'],
    ['npm error code E401', 'npm login'],
    ['ERR_PNPM_OUTDATED_LOCKFILE  Cannot install', 'commit the lock file'],
    ["Error: EACCES: permission denied, mkdir '/x'", 'give your account the right'],
  ])('%s', (output, sentence) => {
    expect(knownSentence(output)).toContain(sentence);
  });

  it('knows nothing of other output', () => {
    expect(knownSentence('ERR_PNPM_UNEXPECTED something else')).toBeUndefined();
  });

  it('never shows a stack', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', path: '/haat/.data/x' });
    expect(sentenceOf(full)).toBe('The disk is full (/haat/.data/x): free about 2 GB and run the same command again.');
    expect(sentenceOf(new TypeError('x is not a function'))).toBe('Haat could not be started: x is not a function');
  });
});

describe('environment of tools', () => {
  it('leaves the caches in a home that can be written', () => {
    expect(toolEnv({ HOME: root })).not.toHaveProperty('XDG_CACHE_HOME');
  });

  it('moves them into the checkout when the home is not there', () => {
    const env = toolEnv({ HOME: '/nonexistent' });
    for (const name of ['XDG_CACHE_HOME', 'npm_config_cache', 'PNPM_HOME']) expect(env[name]).toContain(join(root, '.data/cache'));
  });

  it('does not overrule what a person has set for npm', () => {
    expect(toolEnv({ HOME: root, npm_config_fetch_retries: '5' })['npm_config_fetch_retries']).toBe('5');
  });
});
