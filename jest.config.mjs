/** Jest runs what the compiler wrote: the very files that ship, worker threads included. */
export default {
  roots: ['<rootDir>/dist'],
  testMatch: ['**/*.spec.js'],
  testEnvironment: 'node',
  transform: {},
  maxWorkers: 2,
  testTimeout: 20_000,
};
