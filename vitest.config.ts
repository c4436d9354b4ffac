import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/support/no-network.ts'],
    pool: 'threads',
    // A hang shows as a failure; a slow, shared machine does not.
    testTimeout: 30_000,
  },
});
