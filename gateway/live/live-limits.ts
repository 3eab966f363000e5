/** Limits of sockets, feeds and what waits for them. All times in milliseconds, all sizes in bytes. What a deployment may set is in config.ts. */
export const liveLimits = {
  /** From the opened socket to `connection_init`. */
  initMs: 5_000,
  /** Between two pings; who has not answered one when the next is due is gone. */
  pingMs: 15_000,
  /** How often it is looked up whether everybody who listens still may; sooner than the five seconds that are promised. */
  rightsMs: 3_000,
  /** Characters of an operation's id on a socket. */
  operationIdCharsMax: 128,
  /** Events that wait for one feed. Beyond it the feed reads on from the stream instead, or is closed where its reader is what it waits for. */
  waitingEventsMax: 200,
  /** How long a payload may wait for room on its way to the reader. */
  unreadMs: 10_000,
  /** What was written to a socket and not taken by the other side: beyond it nothing more is written, and events wait. */
  unsentBytesMax: 512 * 1024,
  /** The same where it ends the connection: answers to queries and pings count, too. */
  unsentBytesCeiling: 8 * 1024 * 1024,
  /** Events of one tenant and kind that are remembered for those who come back. */
  rememberedEventsMax: 500,
  /** Events read from the stream at once. */
  readEventsMax: 100,
  /** Ids by which an event that is stored again is known. */
  knownIdsMax: 10_000,
  /** Between two looks at the stream though nobody said that something came. */
  lookMs: 20_000,
  /** How long an event that was announced is looked for in the stream. */
  announcedMs: 5_000,
  /** How long the broker may take to answer. */
  brokerMs: 2_000,
  /** How long an event's reading goes on when nobody listens any more: who reconnects finds it. */
  lingerMs: 10_000,
  /** How often an answer is asked for again while a part is down, and how long it is waited between. */
  askTriesMax: 8,
  askAgain: { leastMs: 200, mostMs: 4_000 },
  /** Answers kept for feeds that come to the same event a little later. */
  sharedAnswersMax: 2_000,
  /** How long such an answer is given. */
  sharedAnswerMs: 2_000,
  /** How long an operation whose answer was about its asker is asked for each person apart without a try. */
  personalMs: 60_000,
  /** Prepared subscriptions kept, by text. */
  preparedMax: 500,
  /** When a gateway stops, sockets are closed over this time, or less where there are few. */
  drainMs: 4_000,
  drainMsPerSocket: 10,
} as const;
