import { runSubgraph } from '@haat/kit-run/start';
import { search } from './subgraph.js';

await runSubgraph(search);
