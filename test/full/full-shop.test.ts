import { afterAll, beforeAll } from 'vitest';
import { startTestMarketplace, type TestMarketplace } from '../support/test-marketplace.js';
import { asANewcomerFindsIt } from './as-a-newcomer-finds-it.js';
import { benchScenarios } from './bench-scenarios.js';
import { searchRelevance } from './search-relevance.js';

/** Counting by hand asks for everything there is, at once. */
const unlimited = { RATE_VIEWER_PER_SECOND: '1000000000', RATE_ADDRESS_PER_SECOND: '1000000000', RATE_TENANT_PER_SECOND: '1000000000' };

/** A full shop is a minute of work, and longer beside a whole suite, in milliseconds. */
const fullStartMsMax = 420_000;

// One shop for all that need a full one. The scenarios come last, since they buy and import.
let marketplace: TestMarketplace;
beforeAll(async () => { marketplace = await startTestMarketplace(unlimited, { isFull: true }); }, fullStartMsMax);
afterAll(() => marketplace?.close());

asANewcomerFindsIt(() => marketplace);
searchRelevance(() => marketplace);
benchScenarios(() => marketplace);
