import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { mustBeUsable } from './usable-port.js';

describe('a port for the gateway', () => {
  it.each(['127.0.0.1', '0.0.0.0'])('is refused while somebody listens on %s, and usable afterwards', async (host) => {
    const other = createServer().listen(0, host);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(mustBeUsable(port)).rejects.toThrow(`Port ${port} is in use: stop the program that listens there, or choose another port with \`npm start -- --port ${port + 1}\`.`);
    other.close();
    await once(other, 'close');
    await mustBeUsable(port);
  });
});
