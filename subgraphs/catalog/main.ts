import { runSubgraph } from '@haat/kit-run/start';
import { catalog } from './subgraph.js';

await runSubgraph(catalog);
