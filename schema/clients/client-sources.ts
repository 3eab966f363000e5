import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** One `.graphql` file of a client. */
export interface OperationFile {
  /** Below the checkout, such as `clients/storefront/operations/product-page.graphql`. */
  readonly path: string;
  readonly text: string;
}

/** What a client asks of the API: its operations and the fragments they share. */
export interface ClientSources {
  /** `storefront`. */
  readonly name: string;
  readonly files: readonly OperationFile[];
}

/** Where a client's operations stand, below its folder. */
const operationsFolder = 'operations';

/** Reads every client of a checkout: a folder below `clients/` that has `operations/`. In the order of names. */
export async function readClients(checkout: string): Promise<ClientSources[]> {
  const entries = await readdir(join(checkout, 'clients'), { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  const clients = await Promise.all(names.map(async (name) => ({ name, files: await filesOf(checkout, name) })));
  return clients.filter(({ files }) => files.length > 0);
}

/** The name of an operation's file, without folder and ending. */
export function fileNameOf({ path }: OperationFile): string {
  return basename(path, '.graphql');
}

async function filesOf(checkout: string, client: string): Promise<OperationFile[]> {
  const folder = join('clients', client, operationsFolder);
  const names = await readdir(join(checkout, folder)).catch(() => []);
  const paths = names.filter((name) => name.endsWith('.graphql')).sort().map((name) => `${folder}/${name}`);
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(checkout, path), 'utf8') })));
}
