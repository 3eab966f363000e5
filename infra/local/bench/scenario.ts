import type { BenchBroker } from './bench-broker.js';
import type { BenchDoor } from './bench-door.js';

/** Something a client does, over and over. A file in `scenarios/` exports one as `scenario`. */
export interface Scenario {
  /** What is done, as a person would say it. */
  readonly name: string;
  /** How often, in one run. */
  readonly requests: number;
  /** Requests under way at once, where it is not what the bench says. */
  readonly connections?: number;
  /** Left out unless its name is asked for: it takes long. */
  readonly isLong?: boolean;
  /** Prepares, and answers what is asked each time. `n` counts from 0 in each run; what is asked throws where an answer is not right. */
  prepare(door: BenchDoor, around: Surroundings): Promise<(n: number) => Promise<void>>;
}

/** What a scenario has beside the door. */
export interface Surroundings {
  /** Only that it can be done is of interest: what is large in itself may be small. */
  readonly isTrial: boolean;
  /** For what no client does by itself: asks that subgraphs put to each other. */
  readonly broker: BenchBroker;
}
