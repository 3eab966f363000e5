import { runSubgraph } from '@haat/kit-run/start';
import { inventory } from './subgraph.js';

await runSubgraph(inventory);
