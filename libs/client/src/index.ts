export type { components, operations, paths } from './generated/http-api.js';
export { answerOf, createLedgerClient, type LedgerClient, type LedgerClientOptions } from './ledger-client.js';
export { LedgerProblem } from './ledger-problem.js';
export type { RetryOptions } from './retrying-fetch.js';
