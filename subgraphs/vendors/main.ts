import { runSubgraph } from '@haat/kit/start';
import { vendors } from './subgraph.js';

await runSubgraph(vendors);
