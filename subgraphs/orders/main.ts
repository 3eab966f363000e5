import { runSubgraph } from '@haat/kit-run/start';
import { orders } from './subgraph.js';

await runSubgraph(orders);
