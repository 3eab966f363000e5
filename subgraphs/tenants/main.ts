import { runSubgraph } from '@haat/kit-run/start';
import { tenants } from './subgraph.js';

await runSubgraph(tenants);
