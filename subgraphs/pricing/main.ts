import { runSubgraph } from '@haat/kit-run/start';
import { pricing } from './subgraph.js';

await runSubgraph(pricing);
