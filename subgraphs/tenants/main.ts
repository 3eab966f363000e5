import { runSubgraph } from '@haat/kit/start';
import { tenants } from './subgraph.js';

await runSubgraph(tenants);
