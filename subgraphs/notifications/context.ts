import type { Context, Tx } from '@haat/kit/context';
import type { MongoDoor } from '@haat/kit-mongo/mongo-collection';
import type { NotificationsConfig } from './config.js';

/** What reads of notifications get. */
export type NotificationsContext = Context<MongoDoor, object, NotificationsConfig>;
/** What writes of notifications get. */
export type NotificationsTx = Tx<MongoDoor, object, NotificationsConfig>;
