/** Servers of one test run. */
export interface TestServers {
  /** Where they are, as the variables that tests read. */
  readonly env: NodeJS.ProcessEnv;
  /** Stops them and removes their data. */
  close(): Promise<void>;
}

/** Starts the servers of a test run. */
export async function startTestServers(_run: { readonly checkout: string; readonly env: NodeJS.ProcessEnv }): Promise<TestServers> {
  return { env: {}, close: async () => undefined };
}
