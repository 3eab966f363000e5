import { runSubgraph } from '@haat/kit/start';
import { identity } from './subgraph.js';

await runSubgraph(identity);
