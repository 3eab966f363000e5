import { afterAll, beforeAll } from 'vitest';
import { startProcesses, type Processes } from '../support/processes.js';
import { sellersToo, startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';
import { lastPieces } from './last-pieces.js';
import { sameAnswers } from './same-answers.js';

/** Buyers wait for each other here: what limits people, and how long they wait, would stop them. */
const patient = { REQUEST_TIMEOUT_MS: '60000', DATABASE_POOL_MAX: '6', RATE_TENANT_PER_SECOND: '1000000' };

// A gateway beside its subgraphs, and one that reaches them by HTTP, each with pools of its own.
let marketplace: TestMarketplace;
let apart: Processes;
beforeAll(async () => {
  marketplace = await startTestMarketplace(patient, { seeds: sellersToo });
  apart = await startProcesses(marketplace);
}, 180_000);
afterAll(async () => {
  await apart?.close();
  await marketplace?.close();
});

lastPieces(() => ({ marketplace, apart }));
sameAnswers(() => ({ marketplace, apart }));
