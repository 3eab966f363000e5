import { Resolver } from 'node:dns/promises';

/** Where TXT records are read: the DNS in production, a DNS server of the test's own in tests. */
export interface TxtRecords {
  /** The texts at a name, each record joined; empty when there are none. Throws when DNS does not answer. */
  read(name: string): Promise<readonly string[]>;
}

const absent = new Set(['ENOTFOUND', 'ENODATA']);

/** TXT records by DNS (RFC 1035 section 3.3.14). `servers` are `address` or `address:port`; empty means the machine's own. */
export function dnsTxtRecords(servers: readonly string[], timeoutMs: number): TxtRecords {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  if (servers.length > 0) resolver.setServers([...servers]);
  return {
    async read(name) {
      try {
        return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
      } catch (error) {
        if (absent.has(String((error as { code?: string }).code))) return [];
        throw error;
      }
    },
  };
}
