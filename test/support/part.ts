/** What answers at an address, and can be gone and come back there. */
export interface Part {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it at once and without a word. */
  kill(): Promise<number | null>;
  /** Asks it to stop, and answers the code it ended with where it is a process. */
  stop(): Promise<number | null>;
}
