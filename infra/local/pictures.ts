import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { seedPicture } from '@haat/catalog/subgraph';

/** A server of the demonstration's pictures. */
export interface Pictures {
  /** Where they begin, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the pictures that the seed's products name: drawn when asked for, the same every time, so that a shop has pictures
 * with no internet. Listens on loopback only. `port` is the one to take, since the addresses are kept with the products.
 */
export async function servePictures(port: number): Promise<Pictures> {
  const server = createServer((request, response) => {
    const picture = request.method === 'GET' ? seedPicture(new URL(request.url ?? '/', 'http://pictures').pathname) : undefined;
    if (picture === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400', 'x-content-type-options': 'nosniff' }).end(picture);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
