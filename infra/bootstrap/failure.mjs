/** Something a person can put right. The message is one sentence that says how. */
export class Failure extends Error {}

/** What to print of any error: our own sentences as they are, the system's by their code, and never a stack. */
export function sentenceOf(error) {
  if (error instanceof Failure) return error.message;
  const where = error.path ? ` (${error.path})` : '';
  return knownSentence(`${error.code ?? ''} ${error.message}`, where) ?? `Haat could not be started: ${error.message}`;
}

/** The sentence for the trouble that a tool's output tells of, or undefined when it is none that we know. */
export function knownSentence(output, where = '') {
  return KNOWN.find(([pattern]) => pattern.test(output))?.[1](where);
}

const KNOWN = [
  [/ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i, (where) => `The disk is full${where}: free about 2 GB and run the same command again.`],
  [/ERR_PNPM_OUTDATED_LOCKFILE/, () => 'pnpm-lock.yaml does not match the package.json files: run `npx pnpm@12.21.0 install` and commit the lock file.'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|error sending request|META_FETCH_FAIL/,
    (where) => `The package registry${where} cannot be reached: connect to the network, or set the proxy or registry that npm shall use, and run the same command again.`,
  ],
  [/self.signed certificate|UNABLE_TO_\w+|CERT_\w+/i, (where) => `The package registry${where} shows a certificate that Node does not trust: name your network's certificate file in NODE_EXTRA_CA_CERTS.`],
  [/\bE40[13]\b|ERR_PNPM_FETCH_40[13]/, (where) => `The package registry${where} refuses us: log in to it with \`npm login\`, or set another with \`npm config set registry\`.`],
  [/EACCES|EROFS|EPERM|permission denied/i, (where) => `A file or folder cannot be written${where}: give your account the right to write into this checkout, or clone it again elsewhere.`],
  [/\bEMFILE\b|\bENFILE\b/, () => 'Too many files are open: raise the limit with `ulimit -n 4096` and run the same command again.'],
  [/ENOMEM|JavaScript heap out of memory/, () => 'The machine is out of memory: about 2 GB must be free.'],
];
