import { runSubgraph } from '@haat/kit-run/start';
import { carts } from './subgraph.js';

await runSubgraph(carts);
