/** Jest runs what the compiler wrote: the very files that ship, worker threads included. */
export default {
  roots: ['<rootDir>/dist'],
  testMatch: ['**/*.spec.js'],
  testEnvironment: 'node',
  transform: {},
  maxWorkers: 2,
  // Ends what hangs, and judges nothing: a busy machine may take its time, and the long series do.
  testTimeout: process.env.LONG === '1' ? 6 * 3_600_000 : 600_000,
};
