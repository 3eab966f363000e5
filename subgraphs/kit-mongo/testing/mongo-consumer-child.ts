import type { EventEnvelope } from '@haat/schema/event';
import { onBoundary } from '@haat/kit/boundary';
import { systemClock } from '@haat/kit/clock';
import { makeLog } from '@haat/kit/log';
import { mongo } from '../mongo.js';
import { openMongo } from '../mongo-runtime.js';
import { effects } from './mongo-effects.js';
import { pages } from './mongo-pages.js';
import { testMongoUrl } from './mongo-testing.js';

// A process of its own that applies one event, and kills itself at the boundary it is told.
const [database = '', point = '', envelope = '', effect = '', target = ''] = process.argv.slice(2);
const runtime = await openMongo(mongo({ collections: [pages] }), {
  subgraph: 'dying', env: { MONGO_URL: testMongoUrl(), MONGO_DATABASE: database }, log: makeLog('dying', 'silent'), clock: systemClock,
});
onBoundary((name) => { if (name === point) process.kill(process.pid, 'SIGKILL'); });
await runtime.inbox.apply('on-thing', JSON.parse(envelope) as EventEnvelope, 'testing', effects[effect as keyof typeof effects](target));
await runtime.close();
