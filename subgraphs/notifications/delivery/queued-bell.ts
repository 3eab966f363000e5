import { Bells } from '../bells.js';

const queued = new Bells();

/** Tells whoever sends in this process that something was queued. In another process the next look finds it. */
export const ringQueued = (): void => queued.ring();

/** Listens for it until told to stop. */
export const listenForQueued = (): ReturnType<Bells['listen']> => queued.listen();
