import { runSubgraph } from '@haat/kit/start';
import { notifications } from './subgraph.js';

await runSubgraph(notifications);
