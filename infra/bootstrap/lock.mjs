import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { inRoot } from './root.mjs';

const LOCK = inRoot('.data/bootstrap.lock');
const PAUSE_MS = 200;
const UNWRITTEN_MS = 5_000;

/** Two commands at once in one checkout install and build one after the other. The lock of a dead process counts for nothing. */
export async function withLock(work) {
  mkdirSync(inRoot('.data'), { recursive: true });
  let hasSaidSo = false;
  while (!take()) {
    if (!hasSaidSo) console.log('waiting for another command in this checkout to finish its build …');
    hasSaidSo = true;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  const release = () => rmSync(LOCK, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

function take() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld()) rmSync(LOCK, { force: true });
    return false;
  }
}

/** A dead holder's process id may have been given to a stranger; Linux tells us what that one runs. */
function isHeld() {
  try {
    const pid = Number(readFileSync(LOCK, 'utf8'));
    if (pid > 0) process.kill(pid, 0);
    else return Date.now() - statSync(LOCK).mtimeMs < UNWRITTEN_MS;
    const commandLine = `/proc/${pid}/cmdline`;
    return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('bootstrap');
  } catch (error) {
    return error.code === 'EPERM';
  }
}
