import type { Duplex } from 'node:stream';

/** Says a last word on a socket that Node has let go of, and ends both sides: nobody else would ever end the other one's. */
export function endSocket(socket: Duplex, lastWord: string): void {
  socket.on('error', () => undefined);
  socket.end(lastWord, () => socket.destroy());
}
