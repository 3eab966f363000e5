import { LocalServerError } from './local-server-error.js';
import { pingNats } from './nats-ping.js';
import { isNatsNewEnough, NATS_VERSION_MIN } from './nats-version.js';
import type { LocalServer } from './server.js';

/** The NATS that the environment names, used as it is. Throws `LocalServerError` when it is away, too old or without JetStream. */
export async function natsFromUrl(url: string): Promise<LocalServer> {
  const answer = await pingNats(url);
  if (!answer) throw new LocalServerError('No NATS server answers at NATS_URL: start it, or unset NATS_URL to have one started.');
  if (!isNatsNewEnough(answer.version)) {
    throw new LocalServerError(`NATS_URL names a NATS ${answer.version}, but ${NATS_VERSION_MIN} or newer is needed: upgrade it, or unset NATS_URL.`);
  }
  if (!answer.jetstream) throw new LocalServerError('NATS_URL names a server without JetStream: start it with -js, or unset NATS_URL.');
  return { name: 'NATS', url, version: answer.version, source: 'NATS_URL', close: async () => undefined };
}
