import type { Processes } from '../support/processes.js';
import type { TestMarketplace } from '../support/test-marketplace.js';

/** A gateway beside its subgraphs in this process, and one in a process of its own that reaches others by HTTP. */
export interface TwoGateways {
  readonly marketplace: TestMarketplace;
  readonly apart: Processes;
}
