import { counter, type Measured } from '@haat/kit/meter';

/** Sockets and event streams that are open, in this process. `kind` is `socket` or `stream`. */
export const liveConnections: Measured<'kind'> = { name: 'haat_gateway_live_connections', description: 'Open sockets and event streams of clients.', labels: ['kind'] };

/** Subscriptions that are fed, in this process. */
export const liveFeeds: Measured<never> = { name: 'haat_gateway_live_feeds', description: 'Subscriptions that are fed.', labels: [] };

/** What feeds came to. `what` is `payload`, `gap`, or the close code of an ending. */
export const liveTold = counter({ name: 'haat_gateway_live_told', description: 'Payloads, gaps and endings told to clients.', labels: ['what'] });

/** Answers to events: asked of subgraphs, or shared with another feed. */
export const liveAnswers = counter({ name: 'haat_gateway_live_answers', description: 'Answers to events by how they were come by.', labels: ['how'] });
