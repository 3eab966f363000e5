import { portIsBusy } from './usable-port.js';

/** Ends the process with exit code 1 and one line for people: never a stack. `HAAT_DEBUG=1` adds the stack for us. */
export function failWithSentence(error: unknown): never {
  console.error(sentenceOf(error));
  if (process.env['HAAT_DEBUG'] === '1') console.error(error);
  process.exit(1);
}

/** One line for any thrown value. Trouble of the machine that can come from anywhere is put into words here. */
export function sentenceOf(error: unknown): string {
  const { code, message, path, port } = (error ?? {}) as Partial<NodeJS.ErrnoException> & { port?: number };
  if (code === 'EADDRINUSE' && port) return portIsBusy(port);
  const where = path ? ` (${path})` : '';
  if (isDiskFull(code, message)) return `The disk is full${where}: free about 2 GB and run the same command again.`;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `A file or folder cannot be used${where}: give your account the right to it, or clone the repository again elsewhere.`;
  if (code === 'EMFILE' || code === 'ENFILE') return 'Too many files are open: raise the limit with `ulimit -n 4096` and run the same command again.';
  return (message || String(error)).split('\n', 1)[0] ?? '';
}

function isDiskFull(code = '', message = ''): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT' || /ENOSPC|no space left on device/i.test(message);
}
