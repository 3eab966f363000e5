import { onBoundary } from '@haat/kit/boundary';
import { makeLog } from '@haat/kit/log';
import { testKeys } from '@haat/kit/testing/test-keys';
import { testMongoUrl } from '@haat/kit-mongo/testing/mongo-testing';
import { startSubgraph } from '@haat/kit-run/start';
import { catalog } from '../subgraph.js';

// A process of its own that runs imports, and kills itself when it passes a boundary for the n-th time.
const [database = '', point = '', passing = '1'] = process.argv.slice(2);
const keys = await testKeys(['catalog', 'gateway', 'identity', 'tenants', 'vendors']);
let passed = 0;
onBoundary((name) => {
  if (name !== point) return;
  passed += 1;
  if (passed === Number(passing)) process.kill(process.pid, 'SIGKILL');
});
await startSubgraph(catalog, { env: { ...keys.envOf('catalog'), MONGO_URL: testMongoUrl(), MONGO_DATABASE: database }, log: makeLog('catalog', 'silent') });
