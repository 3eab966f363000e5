import { runSubgraph } from '@haat/kit-run/start';
import { notifications } from './subgraph.js';

await runSubgraph(notifications);
