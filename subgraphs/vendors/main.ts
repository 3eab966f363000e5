import { runSubgraph } from '@haat/kit-run/start';
import { vendors } from './subgraph.js';

await runSubgraph(vendors);
