import { request } from 'node:http';

/** What became of a question to the fixture's `told`. */
export interface Told {
  readonly status: number;
  /** The slug of the tenant that the subgraph was told. */
  readonly tenant?: string;
  /** The kind of viewer that it was told. */
  readonly viewer?: Record<string, unknown>;
  /** The code of the first error. */
  readonly code?: string;
}

interface ToldBody {
  readonly data?: { readonly told: { readonly tenant: { readonly slug: string }; readonly viewer: Record<string, unknown> } };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** Asks the fixture whom it was told of, with any header, the host's too. */
export async function askOverHttp(url: string, headers: Record<string, string>): Promise<Told> {
  const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asking = request(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      void response.toArray().then((parts) => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts as Buffer[]).toString('utf8') }), reject);
    });
    asking.on('error', reject);
    asking.end(JSON.stringify({ query: '{ told }' }));
  });
  const body = JSON.parse(text) as ToldBody;
  return { status, tenant: body.data?.told.tenant.slug, viewer: body.data?.told.viewer, code: body.errors?.[0]?.extensions.code };
}
