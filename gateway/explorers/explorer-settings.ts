/** A person of the seed, to look at the marketplace as. Exists in development only. */
export interface ExplorerLogin {
  readonly role: string;
  /** The slug. */
  readonly tenant: string;
  readonly email: string;
  readonly password: string;
}

/** What a page in the browser is told, so that it can fill in endpoint, headers and a first operation. */
export interface ExplorerSettings {
  /** None in production. */
  readonly logins: readonly ExplorerLogin[];
  /** Domains of which a direct sub-domain names the marketplace already. */
  readonly baseDomains: readonly string[];
  /** The marketplace to look at where the host names none. */
  readonly tenant?: string;
}

/** What an explorer shows first: something that every supergraph answers. */
export const firstOperation = `# Where the host does not name the marketplace, the header x-haat-tenant does.
query FirstLook {
  __typename
}
`;

/** The first operation where the marketplace itself is there to be asked for. */
export const firstMarketplaceOperation = `# Who asks, and where. "Sign in as…" changes the answer.
query FirstLook {
  tenant {
    name
    currency
    locale
  }
  viewer {
    kind
    roles
    user {
      email
    }
  }
}
`;

/** A value as a script may hold it: nothing in it can end the script. */
export function scriptValue(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
