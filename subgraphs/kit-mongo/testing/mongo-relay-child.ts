import { onBoundary } from '@haat/kit/boundary';
import { systemClock } from '@haat/kit/clock';
import { makeLog } from '@haat/kit/log';
import { mongo } from '../mongo.js';
import { openMongo } from '../mongo-runtime.js';
import { pages } from './mongo-pages.js';
import { testMongoUrl } from './mongo-testing.js';

// A process of its own that moves events, and kills itself at the boundary it is told.
const [database = '', point = ''] = process.argv.slice(2);
const runtime = await openMongo(mongo({ collections: [pages] }), {
  subgraph: 'dying', env: { MONGO_URL: testMongoUrl(), MONGO_DATABASE: database }, log: makeLog('dying', 'silent'), clock: systemClock,
});
onBoundary((name) => { if (name === point) process.kill(process.pid, 'SIGKILL'); });
await runtime.outbox.pending(1_000);
await runtime.close();
