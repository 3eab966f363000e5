import { defineConfig } from 'vitest/config';

// Tests run as compiled, by Node's own loader: what is tested is what runs, and there is one `graphql`, one kit.
export default defineConfig({
  test: {
    include: ['{gateway,schema,test,infra/local,subgraphs/*,clients/*}/dist/**/*.test.js'],
    exclude: ['**/node_modules/**'],
    experimental: { viteModuleRunner: false, nodeLoader: false },
    pool: 'forks',
    execArgv: ['--enable-source-maps'],
    allowOnly: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
