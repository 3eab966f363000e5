import type { Server } from 'node:http';
import type { BlockList, Socket } from 'node:net';
import { networkOf } from '@haat/kit/identity';
import { isIn, plainAddress } from './edge.js';

/** How much one address may hold open, and who holds for many. */
export interface OpenConnectionsOptions {
  readonly perAddressMax: number;
  readonly proxies: BlockList;
}

/**
 * Counts the connections of each address, asked over or idle, and ends at once what is too many: each holds memory and a descriptor
 * before it has said anything. Proxies come for others and are not counted; sockets of subscriptions have a count of their own.
 */
export function countConnections(server: Server, { perAddressMax, proxies }: OpenConnectionsOptions): void {
  const open = new Map<string, Set<Socket>>();
  const addressOf = (socket: Socket): string => plainAddress(socket.remoteAddress);
  const leave = (address: string, socket: Socket): void => {
    const held = open.get(address);
    held?.delete(socket);
    if (held?.size === 0) open.delete(address);
  };
  server.on('connection', (socket: Socket) => {
    const address = addressOf(socket);
    if (isIn(proxies, address)) return;
    const network = networkOf(address);
    const held = open.get(network) ?? new Set();
    if (held.size >= perAddressMax) return void socket.destroy();
    open.set(network, held.add(socket));
    socket.once('close', () => leave(network, socket));
  });
  server.on('upgrade', (_, socket) => leave(networkOf(addressOf(socket as Socket)), socket as Socket));
}
