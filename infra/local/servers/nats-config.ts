/** A NATS user and the only subjects it may use. */
export interface NatsUser {
  /** Letters, digits and dashes; also names its private inbox, `_INBOX_<name>`. */
  readonly name: string;
  readonly password: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** What the server is configured with. */
export interface NatsSettings {
  readonly port: number;
  readonly storeDir: string;
  readonly pidFile: string;
  readonly adminPassword: string;
  readonly users: readonly NatsUser[];
  readonly durable: boolean;
}

/** The user that may do everything. */
export const NATS_ADMIN = 'haat';

const NAME = /^[A-Za-z0-9-]+$/;
/** An empty list would allow everything; a subject that nobody uses allows nothing. */
const NOTHING = '_NOTHING';

/** The prefix under which a user receives its replies: the client's option `inboxPrefix`. */
export function natsInboxPrefix(user: string): string {
  return `_INBOX_${user}`;
}

/**
 * The server's configuration file; strings in JSON's form are strings in NATS's.
 * A user hears replies only below its own inbox prefix, and may answer whoever asked it: once, within two minutes.
 */
export function natsConfig(settings: NatsSettings): string {
  const users = [{ user: NATS_ADMIN, password: settings.adminPassword }, ...settings.users.map(userEntry)];
  return [
    `listen: "127.0.0.1:${settings.port}"`,
    'server_name: "haat-local"',
    `pid_file: ${JSON.stringify(settings.pidFile)}`,
    'jetstream {',
    `  store_dir: ${JSON.stringify(settings.storeDir)}`,
    // An acknowledged message is on the disk, not only on its way there.
    ...(settings.durable ? ['  sync_interval: always'] : []),
    '}',
    `authorization { users: ${JSON.stringify(users, undefined, 1)} }`,
    '',
  ].join('\n');
}

function userEntry(user: NatsUser): object {
  if (!NAME.test(user.name) || user.name === NATS_ADMIN) throw new TypeError(`A NATS user is named with letters, digits and dashes and not ${NATS_ADMIN}: ${user.name}`);
  return {
    user: user.name,
    password: user.password,
    permissions: {
      publish: { allow: user.publish.length > 0 ? user.publish : [NOTHING] },
      subscribe: { allow: [...user.subscribe, `${natsInboxPrefix(user.name)}.>`] },
      allow_responses: { max: 1, expires: '2m' },
    },
  };
}
