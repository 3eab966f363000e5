import { runSubgraph } from '@haat/kit/start';
import { catalog } from './subgraph.js';

await runSubgraph(catalog);
