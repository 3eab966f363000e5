import { runSubgraph } from '@haat/kit/start';
import { pricing } from './subgraph.js';

await runSubgraph(pricing);
