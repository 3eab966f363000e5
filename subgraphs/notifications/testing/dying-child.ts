import { onBoundary } from '@haat/kit/boundary';
import { makeLog } from '@haat/kit/log';
import { startSubgraph } from '@haat/kit-run/start';
import { notifications } from '../subgraph.js';

// A process of its own that sends what is due, and kills itself at the boundary it is told.
const [point = ''] = process.argv.slice(2);
onBoundary((name) => { if (name === point) process.kill(process.pid, 'SIGKILL'); });
await startSubgraph(notifications, { env: process.env, log: makeLog('dying', 'silent') });
