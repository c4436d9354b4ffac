import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/support/no-network.ts', 'test/support/one-seed.ts'],
    pool: 'threads',
    // One core would be left to vitest itself, which is idle while tests run: on two, half of them.
    maxWorkers: '100%',
    // Modules here keep nothing that a test could spoil for the next, so each is loaded once a thread.
    isolate: false,
    // A hang shows as a failure; a slow, shared machine does not.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
