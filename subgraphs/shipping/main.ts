import { runSubgraph } from '@haat/kit-run/start';
import { shipping } from './subgraph.js';

await runSubgraph(shipping);
