import { runSubgraph } from '@haat/kit-run/start';
import { partners } from './subgraph.js';

await runSubgraph(partners);
