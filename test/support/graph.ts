import { Pool } from 'undici';

/** What a GraphQL request is answered with. */
export interface Answer<D = Record<string, unknown>> {
  readonly status: number;
  readonly data?: D | null;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[]; readonly extensions?: Record<string, unknown> }[];
  readonly extensions?: Record<string, unknown>;
  /** The body as it came, to look for what must not be in it. */
  readonly text: string;
}

/** Who asks, and where. */
export interface Asker {
  /** The tenant's slug, sent as the host `<slug>.localhost`. */
  readonly tenant: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The public door, as a client sees it. */
export interface Door {
  readonly url: string;
  ask<D = Record<string, unknown>>(asker: Asker, query: string, variables?: Record<string, unknown>): Promise<Answer<D>>;
  /** Any other request to the door. `host` is among the headers. */
  fetch(path: string, init?: { readonly method?: 'GET' | 'POST' | 'OPTIONS' | 'PUT'; readonly headers?: Record<string, string>; readonly body?: string }): Promise<{ status: number; headers: Record<string, unknown>; text: string }>;
  close(): Promise<void>;
}

/** Opens a client of the public door. */
export function openDoor(url: string): Door {
  const pool = new Pool(url, { connections: 32 });
  const fetch: Door['fetch'] = async (path, init = {}) => {
    const response = await pool.request({ path, method: init.method ?? 'GET', headers: init.headers, body: init.body });
    return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
  };
  return {
    url,
    fetch,
    async ask<D>(asker: Asker, query: string, variables: Record<string, unknown> = {}) {
      const headers = { 'content-type': 'application/json', host: `${asker.tenant}.localhost`, ...(asker.token ? { authorization: `Bearer ${asker.token}` } : {}), ...asker.headers };
      const { status, text } = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      return { status, text, ...(JSON.parse(text) as Omit<Answer<D>, 'status' | 'text'>) };
    },
    close: () => pool.close(),
  };
}

/** The data of an answer that must have no error. Throws the errors otherwise. */
export function dataOf<D>(answer: Answer<D>): D {
  if (answer.errors || !answer.data) throw new Error(`Expected data, got ${answer.status} ${answer.text.slice(0, 2_000)}`);
  return answer.data;
}

/** The code of the first error, or undefined. */
export function codeOf(answer: Answer<unknown>): unknown {
  return answer.errors?.[0]?.extensions?.['code'];
}
