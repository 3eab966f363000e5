import { runSubgraph } from '@haat/kit-run/start';
import { payments } from './subgraph.js';

await runSubgraph(payments);
