/** How the `nats` client is told a server: it takes no credentials from a URL. */
export interface NatsAddress {
  readonly servers: string;
  readonly user?: string;
  readonly pass?: string;
}

/** The client's options for `nats://user:password@host:port`. Throws `TypeError` when it is no URL. */
export function natsAddress(url: string): NatsAddress {
  const { protocol, host, username, password } = new URL(url);
  const servers = `${protocol}//${host}`;
  return username ? { servers, user: decodeURIComponent(username), pass: decodeURIComponent(password) } : { servers };
}
