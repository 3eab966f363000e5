import { runSubgraph } from '@haat/kit-run/start';
import { identity } from './subgraph.js';

await runSubgraph(identity);
